import { Tabs } from 'antd'
import { useMay } from '../api/session-queries'
import { PageHeader } from '../components/page-header'
import { FilingReview } from '../features/filings/filing-review'
import { ScenarioReview } from '../features/scenarios/scenario-review'
import { useAddress } from '../lib/address'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

/** What waits for a reviewer, of both nouns. */
export default function ReviewPage() {
  const t = useTexts(shellTexts)
  const address = useAddress()
  const may = useMay()
  const of = address.get('of') === 'scenarios' ? 'scenarios' : 'filings'
  return (
    <>
      <PageHeader title={t('review')} about={t('reviewAbout')} />
      <Tabs activeKey={of} destroyOnHidden onChange={(next) => address.set({ of: next === 'filings' ? null : next, state: null, sector: null, q: null, period: null, organization: null, filing: null, scenario: null })}
        items={[{ key: 'filings', label: t('reviewFilings'), children: <FilingReview /> }, ...(may('scenario.read') ? [{ key: 'scenarios', label: t('reviewScenarios'), children: <ScenarioReview /> }] : [])]} />
    </>
  )
}
