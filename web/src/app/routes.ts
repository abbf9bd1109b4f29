import type { HubRoute } from '../components/hub-route'
import { collectionRoutes } from '../features/collections/collection-routes'
import { filingRoutes } from '../features/filings/filing-routes'
import { goalRoutes } from '../features/goals/goal-routes'
import { ledgerRoutes } from '../features/ledger/ledger-routes'
import { peerRoutes } from '../features/peers/peer-routes'
import { reportRoutes } from '../features/reports/report-routes'
import { scenarioRoutes } from '../features/scenarios/scenario-routes'
import { standingRoutes } from '../features/standing/standing-routes'
import { workRoutes } from '../features/work/work-routes'

/** Every page of the product, feature by feature. A line here and one in the feature's `…-routes.ts` is all a new page needs. */
export const routes: HubRoute[] = [
  ...workRoutes,
  ...scenarioRoutes,
  ...filingRoutes,
  ...standingRoutes,
  ...ledgerRoutes,
  // Of two nouns, so composed here.
  { path: '/review', title: { zh: '审核', en: 'Review' }, permission: 'filing.review', page: () => import('./review-page') },
  ...collectionRoutes,
  ...goalRoutes,
  ...reportRoutes,
  ...peerRoutes,
  ...standingRoutes,
]
