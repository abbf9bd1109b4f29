import type { HubRoute } from '../../components/hub-route'

export const filingRoutes: HubRoute[] = [
  { path: '/filings', title: { zh: '月度填报', en: 'Monthly filing' }, permission: 'filing.write', page: () => import('./filing-page') },
]
