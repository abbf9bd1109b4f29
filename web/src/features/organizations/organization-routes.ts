import type { HubRoute } from '../../components/hub-route'

export const organizationRoutes: HubRoute[] = [
  { path: '/organizations', title: { zh: '单位', en: 'Organizations' }, permission: 'organization.read', page: () => import('./organization-page') },
]
