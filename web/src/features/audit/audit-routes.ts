import type { HubRoute } from '../../components/hub-route'

export const auditRoutes: HubRoute[] = [
  { path: '/audit', title: { zh: '审计', en: 'Audit' }, permission: 'audit.read', page: () => import('./audit-page') },
]
