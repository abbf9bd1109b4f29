import type { HubRoute } from '../../components/hub-route'

export const catalogRoutes: HubRoute[] = [
  { path: '/catalog', title: { zh: '指标目录', en: 'Catalog' }, permission: 'catalog.read', page: () => import('./catalog-page') },
]
