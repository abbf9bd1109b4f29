import type { HubRoute } from '../../components/hub-route'

export const reportRoutes: HubRoute[] = [
  { path: '/reports', title: { zh: '报告', en: 'Reports' }, permission: 'report.read', page: () => import('./report-list-page') },
  { path: '/reports/compare', title: { zh: '报告差异', en: 'Difference of reports' }, permission: 'report.read', parent: '/reports', page: () => import('./report-diff-page') },
]
