import type { HubRoute } from '../../components/hub-route'

export const apiClientRoutes: HubRoute[] = [
  { path: '/api-clients', title: { zh: '接口客户端', en: 'API clients' }, permission: 'client.read', page: () => import('./api-client-page') },
]
