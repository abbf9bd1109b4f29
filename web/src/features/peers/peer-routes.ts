import type { HubRoute } from '../../components/hub-route'

export const peerRoutes: HubRoute[] = [
  { path: '/peers', title: { zh: '我们的位置', en: 'Where we stand' }, permission: 'peer.read', page: () => import('./peer-page') },
]
