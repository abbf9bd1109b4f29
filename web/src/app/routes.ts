import type { HubRoute } from '../components/hub-route'
import { apiClientRoutes } from '../features/api-clients/api-client-routes'
import { auditRoutes } from '../features/audit/audit-routes'
import { catalogRoutes } from '../features/catalog/catalog-routes'
import { collectionRoutes } from '../features/collections/collection-routes'
import { filingRoutes } from '../features/filings/filing-routes'
import { goalRoutes } from '../features/goals/goal-routes'
import { helpRoutes } from '../features/help/help-routes'
import { importRoutes } from '../features/imports/import-routes'
import { jobRoutes } from '../features/jobs/job-routes'
import { ledgerRoutes } from '../features/ledger/ledger-routes'
import { organizationRoutes } from '../features/organizations/organization-routes'
import { peerRoutes } from '../features/peers/peer-routes'
import { reportRoutes } from '../features/reports/report-routes'
import { ruleRoutes } from '../features/rules/rule-routes'
import { scenarioRoutes } from '../features/scenarios/scenario-routes'
import { standingRoutes } from '../features/standing/standing-routes'
import { tenantRoutes } from '../features/tenants/tenant-routes'
import { userRoutes } from '../features/users/user-routes'
import { webhookRoutes } from '../features/webhooks/webhook-routes'
import { workRoutes } from '../features/work/work-routes'

/** Every page of the product, feature by feature. A line here and one in the feature's `…-routes.ts` is all a new page needs. */
export const routes: HubRoute[] = [
  ...workRoutes,
  ...scenarioRoutes,
  ...filingRoutes,
  ...standingRoutes,
  ...importRoutes,
  ...ledgerRoutes,
  ...organizationRoutes,
  ...apiClientRoutes,
  ...webhookRoutes,
  ...userRoutes,
  ...tenantRoutes,
  ...catalogRoutes,
  ...ruleRoutes,
  ...auditRoutes,
  ...jobRoutes,
  ...helpRoutes,
  // Of two nouns, so composed here.
  { path: '/review', title: { zh: '审核', en: 'Review' }, permission: 'filing.review', page: () => import('./review-page') },
  ...collectionRoutes,
  ...goalRoutes,
  ...reportRoutes,
  ...peerRoutes,
]
