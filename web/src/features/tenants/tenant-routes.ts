import type { HubRoute } from '../../components/hub-route'

export const tenantRoutes: HubRoute[] = [
  { path: '/tenants', title: { zh: '项目', en: 'Programmes' }, permission: 'tenant.manage', page: () => import('./tenant-page') },
]
