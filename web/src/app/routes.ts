import type { HubRoute } from '../components/hub-route'
import { filingRoutes } from '../features/filings/filing-routes'
import { ledgerRoutes } from '../features/ledger/ledger-routes'
import { peerRoutes } from '../features/peers/peer-routes'
import { scenarioRoutes } from '../features/scenarios/scenario-routes'
import { workRoutes } from '../features/work/work-routes'

/** Every page of the product, feature by feature. A line here and one in the feature's `…-routes.ts` is all a new page needs. */
export const routes: HubRoute[] = [
  ...workRoutes,
  ...scenarioRoutes,
  ...filingRoutes,
  ...ledgerRoutes,
  ...peerRoutes,
]
