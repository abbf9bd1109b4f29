import type { HubRoute } from '../../components/hub-route'

export const userRoutes: HubRoute[] = [
  { path: '/users', title: { zh: '用户', en: 'Users' }, permission: 'user.read', page: () => import('./user-page') },
]
