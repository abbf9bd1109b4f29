import { LinkOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRollup } from '../../api/rollup-queries'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { formatInstant, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { ActionHeatMap } from './action-heat-map'
import { CompositionChart } from './composition-chart'
import { useDashboardView } from './dashboard-view'
import { KeyFigures } from './key-figures'
import { ledgerTexts } from './ledger-texts'
import { PanelSkeleton } from './panel-skeleton'
import { Ranking } from './ranking'
import { ScopeTrail } from './scope-trail'
import { StageFunnel } from './stage-funnel'
import { TrendChart } from './trend-chart'
import { ViewBar } from './view-bar'

export default function DashboardPage() {
  const t = useTexts(ledgerTexts)
  const language = useLanguage()
  const view = useDashboardView()
  const query = useRollup({ measure: view.measure, by: view.by, ...view.view })
  const data = query.data
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    notify('success', t('copied'))
  }
  return (
    <>
      <PageHeader title={t('dashboard')} about={data ? [data.organization.name, `${formatPeriod(view.from, language)} – ${formatPeriod(view.to, language)}`, view.book === 'filed' ? t('filed') : t('approved'), `${t('asOf')} ${formatInstant(data.asOf, language)}`, t('closing', { closing: data.closing })].join(' · ') : ' '}
        actions={<><Button icon={<LinkOutlined />} onClick={() => void copy()}>{t('copyLink')}</Button><Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t('print')}</Button></>} />
      <div className="hub-grid">
        <ViewBar view={view} />
        <ScopeTrail view={view} />
        <KeyFigures view={view} />
        <PageState query={query} skeleton={<div className="hub-grid hub-two"><PanelSkeleton height={520} /><PanelSkeleton height={520} /></div>}>
          {(rollup) => (
            <div className="hub-grid hub-two">
              <Ranking rollup={rollup} view={view} stale={query.isPlaceholderData} />
              <CompositionChart rollup={rollup} view={view} stale={query.isPlaceholderData} />
            </div>
          )}
        </PageState>
        <div className="hub-grid hub-two"><TrendChart view={view} /><StageFunnel view={view} /></div>
        {data && data.by === 'sector' && !view.sector && data.total.grades ? <ActionHeatMap rollup={data} view={view} /> : null}
      </div>
    </>
  )
}
