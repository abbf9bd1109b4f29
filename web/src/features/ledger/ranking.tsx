import { Button, Flex, Segmented, Typography } from 'antd'
import { useState } from 'react'
import type { Rollup, RollupCell } from '../../api/rollup-queries'
import { Amount, useAmount } from '../../components/amount'
import { CoverageBar } from '../../components/coverage-bar'
import { ExplanationDrawer } from '../../components/explanation-drawer'
import { GradeBar } from '../../components/grade-bar'
import { ScrollTable } from '../../components/scroll-table'
import { approximate } from '../../lib/decimal'
import { formatShare } from '../../lib/format'
import { useTexts } from '../../lib/texts'
import { type DashboardView, dimensions, type RankedBy } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'

export function drillInto(view: DashboardView, cell: RollupCell, scope: number): (() => void) | null {
  if (view.by === 'sector') return () => view.set({ sector: cell.key, by: null })
  // The scope's own line has nothing below it.
  if (view.by === 'organization' && cell.key !== String(scope)) return () => view.set({ organization: cell.key, by: null })
  return null
}

/** The cells of the roll-up, largest first: value, rungs, coverage, and the way down. */
export function Ranking({ rollup, view, stale }: { rollup: Rollup; view: DashboardView; stale: boolean }) {
  const t = useTexts(ledgerTexts)
  const amount = useAmount()
  const [opened, setOpened] = useState<RollupCell | null>(null)
  const there = rollup.cells.filter((cell) => cell.value !== null || (cell.coverage?.expected ?? 0) > 0)
  const rows = there.toSorted((a, b) => (b.value === null ? -Infinity : approximate(b.value)) - (a.value === null ? -Infinity : approximate(a.value)))
  const total = rollup.total.value === null ? 0 : approximate(rollup.total.value)
  const adds = rollup.total.grades !== null || rollup.kind === 'register'
  const names: Record<RankedBy, string> = { sector: t('bySector'), organization: t('byOrganization'), region: t('byRegion') }
  return (
    <section className="hub-panel" data-stale={stale || undefined}>
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBlockEnd: 12 }}>
        <Typography.Title level={2} className="hub-subheading">{rollup.label} · {t('ranking')}</Typography.Title>
        <Segmented className="hub-no-print" aria-label={t('rankingBy')} value={view.by} onChange={(by) => view.set({ by })} options={dimensions.map((by) => ({ value: by, label: names[by] }))} />
      </Flex>
      <ScrollTable label={t('ranking')} size="small" pagination={rows.length > 10 ? { pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false } : false} rowKey="key" dataSource={rows} scroll={{ x: 540 }} columns={[
        { title: '#', key: 'rank', width: 36, render: (_, cell) => rows.indexOf(cell) + 1 },
        { title: names[view.by], key: 'name', ellipsis: true, render: (_, cell) => {
          const drill = drillInto(view, cell, rollup.organization.id)
          return drill ? <Button type="link" size="small" className="hub-name" onClick={drill} title={t('drill', { name: cell.label })}>{cell.label}</Button> : cell.label
        } },
        { title: `${t('value')}${amount(0, rollup.unit).unitText ? ` (${amount(0, rollup.unit).unitText})` : ''}`, key: 'value', width: 124, align: 'right', render: (_, cell) => <Button type="text" size="small" className="hub-value" onClick={() => setOpened(cell)}><Amount value={cell.value} unit={rollup.unit} bare /><span className="hub-hidden"> {t('explain')}: {cell.label}</span></Button> },
        ...(adds ? [{ title: t('share'), key: 'share', width: 66, align: 'right' as const, render: (_: unknown, cell: RollupCell) => cell.value !== null && total !== 0 ? formatShare(Number((approximate(cell.value) / total).toFixed(6))) : '–' }] : []),
        ...(rollup.total.grades ? [{ title: t('grades'), key: 'grades', width: 104, render: (_: unknown, cell: RollupCell) => cell.grades ? <GradeBar grades={cell.grades} /> : null }] : []),
        ...(rollup.total.coverage ? [{ title: t('coverage'), key: 'coverage', width: 124, render: (_: unknown, cell: RollupCell) => cell.coverage ? <CoverageBar coverage={cell.coverage} /> : null }] : []),
      ]} />
      {rollup.cells.length > rows.length ? <div className="hub-small" style={{ marginBlockStart: 8 }}>{t('notRanked', { count: rollup.cells.length - rows.length })}</div> : null}
      <ExplanationDrawer handle={opened?.handle ?? null} title={opened?.label ?? ''} {...(opened ? { cell: opened } : {})} onClose={() => setOpened(null)} />
    </section>
  )
}
