import { Tag } from 'antd'
import { useRollup } from '../../api/rollup-queries'
import { Figure } from '../../components/figure'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { addMonths, lastFullMonth } from '../../lib/periods'
import { useTexts } from '../../lib/texts'
import { ledgerTexts } from './ledger-texts'

export default function DashboardPage() {
  const t = useTexts(ledgerTexts)
  const to = lastFullMonth()
  const query = useRollup({ measure: 'COST_SAVE', by: 'sector', from: addMonths(to, -11), to })
  return (
    <>
      <PageHeader title={t('dashboard')} about={query.data?.organization.name} actions={<><Tag>{to}</Tag><MoneyUnitSwitch /></>} />
      <PageState query={query}>
        {(rollup) => <div className="hub-grid" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))' }}><Figure title={rollup.label} cell={rollup.total} unit={rollup.unit} />{rollup.cells.map((cell) => <Figure key={cell.key} title={cell.label} cell={cell} unit={rollup.unit} />)}</div>}
      </PageState>
    </>
  )
}
