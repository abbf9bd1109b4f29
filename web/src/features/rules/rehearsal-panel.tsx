import { Alert, Button, Flex, Progress, Tabs, Typography } from 'antd'
import type { TableColumnsType } from 'antd'
import { Link } from 'react-router'
import { useSectors } from '../../api/catalog-queries'
import { useCancelRehearsal, useRehearsal, type Rehearsal, type RehearsalCount } from '../../api/rule-queries'
import { useMay } from '../../api/session-queries'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ScrollTable } from '../../components/scroll-table'
import { StatusTag } from '../../components/status-tag'
import { formatCount, formatPeriod } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { ruleTexts, severityKey } from './rule-texts'
import { SeverityTag } from './severity-tag'

/** How far a rehearsal is, and what the set would find beside what the one in force finds. */
export function RehearsalPanel({ id, onClose }: { id: number; onClose: () => void }) {
  return <section className="hub-panel" style={{ marginBlockEnd: 16 }} aria-live="polite"><PageState query={useRehearsal(id)}>{(view) => <One view={view} onClose={onClose} />}</PageState></section>
}

function One({ view, onClose }: { view: Rehearsal; onClose: () => void }) {
  const t = useTexts(ruleTexts)
  const language = useLanguage()
  const may = useMay()('rule.manage')
  const cancel = useCancelRehearsal()
  const sectors = useSectors().data?.items ?? []
  const state = `rehearsal_${view.state}`
  const running = view.state === 'queued' || view.state === 'running'
  const severityName = (key: string) => { const known = severityKey(key); return known ? t(known) : key }
  const sectorName = (one: RehearsalCount) => { const known = sectors.find((sector) => sector.code === one.key); return known ? nameOf(known, language) : one.name || one.key }
  return (
    <>
      <Flex justify="space-between" align="flex-start" gap={12} wrap style={{ marginBlockEnd: 12 }}>
        <div><Typography.Title level={2} className="hub-subheading">{t('rehearsal')} <StatusTag tone={view.state === 'done' ? 'good' : view.state === 'failed' ? 'bad' : 'info'}>{state in ruleTexts.keys ? t(state as keyof typeof ruleTexts.keys) : view.state}</StatusTag></Typography.Title>
          <div className="hub-small">{t('span', { from: formatPeriod(view.from, language), to: formatPeriod(view.to, language) })} · {t('against', { no: view.inForce })}</div></div>
        <Flex gap={8}>{running && may ? <Button danger loading={cancel.isPending} onClick={() => cancel.mutate(view.id)}>{t('cancelRehearsal')}</Button> : null}<Button onClick={onClose}>{t('close')}</Button></Flex>
      </Flex>
      {cancel.error ? <ProblemAlert error={cancel.error} /> : null}
      {view.state === 'failed' ? <Alert type="error" showIcon title={t('failedHint')} /> : null}
      {running ? <><Progress percent={view.progress} status="active" aria-label={t('rehearsal')} /><div className="hub-small">{view.filings === null ? t('counting') : t('progress', { judged: formatCount(view.judged), filings: formatCount(view.filings) })}</div></> : null}
      {view.state === 'done' ? (
        <>
          <dl className="hub-counts">
            {([[t('filings'), view.judged], [t('found'), view.total.found], [t('foundInForce'), view.total.foundInForce], [t('newly'), view.total.newly], [t('noLonger'), view.total.noLonger], [t('refused'), view.refused], [t('refusedInForce'), view.refusedInForce]] as const).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{formatCount(value)}</dd></div>)}
          </dl>
          <Tabs style={{ marginBlockStart: 12 }} items={[
            { key: 'rules', label: t('byRule'), children: <Counts rows={view.rules} nameOfRow={(one) => `${one.key} ${one.name}`} /> },
            { key: 'severities', label: t('bySeverity'), children: <Counts rows={view.severities} nameOfRow={(one) => severityName(one.key)} /> },
            { key: 'sectors', label: t('bySector'), children: <Counts rows={view.sectors} nameOfRow={sectorName} /> },
            { key: 'organizations', label: t('byOrganization'), children: <Counts rows={view.organizations} nameOfRow={(one) => one.name || one.key} /> },
            { key: 'examples', label: t('examples'), children: <ScrollTable label={t('examples')} size="small" rowKey={(one) => `${one.rule} ${one.filingId} ${one.measure} ${one.difference}`} dataSource={view.examples} scroll={{ x: 900 }} pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }} columns={[
              { key: 'rule', title: t('rule'), width: 80, dataIndex: 'rule' },
              { key: 'severity', title: t('severity'), width: 90, render: (_, one) => <SeverityTag severity={one.severity} /> },
              { key: 'difference', title: t('difference'), width: 110, render: (_, one) => one.difference === 'newly' ? t('newly') : one.difference === 'noLonger' ? t('noLonger') : t('kept') },
              { key: 'scenario', title: t('scenario'), width: 240, ellipsis: true, render: (_, one) => <Link to={`/scenarios/${one.scenarioId}`}>{one.scenarioName}</Link> },
              { key: 'period', title: t('period'), width: 110, render: (_, one) => formatPeriod(one.period, language) },
              { key: 'what', title: t('what'), dataIndex: 'found' },
            ]} /> },
          ]} />
        </>
      ) : null}
    </>
  )
}

function Counts({ rows, nameOfRow }: { rows: RehearsalCount[]; nameOfRow: (row: RehearsalCount) => string }) {
  const t = useTexts(ruleTexts)
  const number = (key: 'found' | 'foundInForce' | 'newly' | 'noLonger') => ({ key, title: t(key), width: 140, align: 'right' as const, sorter: (a: RehearsalCount, b: RehearsalCount) => a[key] - b[key], render: (_: unknown, one: RehearsalCount) => <span className="hub-number">{formatCount(one[key])}</span> })
  const columns: TableColumnsType<RehearsalCount> = [{ key: 'name', title: t('name'), ellipsis: true, render: (_, one) => nameOfRow(one) }, number('found'), number('foundInForce'), number('newly'), number('noLonger')]
  return <ScrollTable<RehearsalCount> label={t('rehearsal')} size="small" rowKey="key" dataSource={rows} columns={columns} scroll={{ x: 760 }} pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false} />
}
