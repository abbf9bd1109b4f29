import type { RollupView } from '../../api/rollup-queries'
import { useAddress } from '../../lib/address'
import { addMonths, isMonth, lastFullMonth } from '../../lib/periods'

export const dimensions = ['sector', 'organization', 'region'] as const
export type RankedBy = (typeof dimensions)[number]

/** What the dashboard shows, read from the address bar alone: a link shows a colleague the same numbers. */
export function useDashboardView() {
  const address = useAddress()
  const given = { from: address.get('from'), to: address.get('to') }
  const to = isMonth(given.to) ? given.to : lastFullMonth()
  const from = isMonth(given.from) && given.from <= to ? given.from : addMonths(to, -11)
  const organization = /^\d+$/.test(address.get('organization') ?? '') ? Number(address.get('organization')) : undefined
  const sector = address.get('sector') ?? undefined
  const asOf = address.get('asOf') ?? undefined
  const asked = address.get('by')
  // One level deeper than what was chosen: the sectors, then the organizations of a sector, then those below an organization.
  const by: RankedBy = dimensions.find((known) => known === asked) ?? (sector || organization ? 'organization' : 'sector')
  const book = address.get('book') === 'filed' ? 'filed' as const : 'approved' as const
  const tree = address.get('tree') === 'filed' ? 'filed' as const : 'restated' as const
  const view: RollupView = { from, to, book, tree, ...(asOf ? { asOf } : {}), ...(organization ? { organization } : {}), ...(sector ? { sector } : {}) }
  return { view, from, to, book, tree, asOf, organization, sector, by, measure: address.get('measure') ?? 'COST_SAVE', set: address.set }
}

export type DashboardView = ReturnType<typeof useDashboardView>
