import type { HubRoute } from '../../components/hub-route'

export const standingRoutes: HubRoute[] = [
  { path: '/standing', title: { zh: '我们的位置', en: 'Where we stand' }, permission: 'filing.write', page: () => import('./standing-page') },
]
