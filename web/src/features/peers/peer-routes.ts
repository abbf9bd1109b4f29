import type { HubRoute } from '../../components/hub-route'

export const peerRoutes: HubRoute[] = [
  { path: '/peers', title: { zh: '对标', en: 'Peers' }, permission: 'peer.read', page: () => import('./peer-page') },
]
