import type { HubRoute } from '../../components/hub-route'

export const ledgerRoutes: HubRoute[] = [
  { path: '/dashboard', title: { zh: '看板', en: 'Dashboard' }, permission: 'rollup.read', page: () => import('./dashboard-page') },
]
