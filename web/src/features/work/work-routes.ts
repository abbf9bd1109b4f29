import type { HubRoute } from '../../components/hub-route'

export const workRoutes: HubRoute[] = [
  { path: '/work', title: { zh: '我的工作台', en: 'My work' }, permission: 'filing.write', page: () => import('./work-page') },
]
