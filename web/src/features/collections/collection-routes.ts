import type { HubRoute } from '../../components/hub-route'

export const collectionRoutes: HubRoute[] = [
  { path: '/collections', title: { zh: '填报任务', en: 'Collections' }, permission: 'collection.read', page: () => import('./collection-list-page') },
  { path: '/collections/:id', title: { zh: '任务详情', en: 'Collection' }, permission: 'collection.read', parent: '/collections', page: () => import('./collection-page') },
]
