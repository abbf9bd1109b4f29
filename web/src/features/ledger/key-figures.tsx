import { useMeasures } from '../../api/catalog-queries'
import { useRollup } from '../../api/rollup-queries'
import { Figure } from '../../components/figure'
import { ProblemAlert } from '../../components/problem-alert'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'

const shown = ['SCN_COUNT', 'COST_SAVE', 'REV_GAIN', 'LOSS_AVOID', 'OPEX', 'NET_BENEFIT']

export function KeyFigures({ view }: { view: DashboardView }) {
  const t = useTexts(ledgerTexts)
  return <section aria-label={t('keyFigures')} className="hub-grid hub-key-figures">{shown.map((measure) => <KeyFigure key={measure} measure={measure} view={view} />)}</section>
}

function KeyFigure({ measure, view }: { measure: string; view: DashboardView }) {
  const language = useLanguage()
  const known = useMeasures().data?.items.find((one) => one.code === measure)
  const query = useRollup({ measure, by: 'stage', ...view.view })
  if (query.error && !query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  return <Figure title={known ? nameOf(known, language) : ''} cell={query.data?.total} unit={query.data?.unit ?? ''} stale={query.isPlaceholderData} />
}
