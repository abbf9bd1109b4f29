import { Button, Flex, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import type { RollupCell } from '../api/rollup-queries'
import { useTexts } from '../lib/texts'
import { Amount, useAmount } from './amount'
import { componentTexts } from './component-texts'
import { CoverageBar } from './coverage-bar'
import { ExplanationDrawer } from './explanation-drawer'
import { GradeBar } from './grade-bar'

/** A figure that can be defended: value and unit, what it covers, on which rungs it stands; a click opens what is behind it. */
export function Figure({ title, cell, unit, stale = false }: { title: string; cell: RollupCell | undefined; unit: string; stale?: boolean }) {
  const t = useTexts(componentTexts)
  const amount = useAmount()
  const [open, setOpen] = useState(false)
  if (!cell) return <div className="hub-figure"><span className="hub-figure-title">{title}</span><Skeleton active title={{ width: '60%' }} paragraph={{ rows: 2 }} /></div>
  return (
    <div className="hub-figure" data-stale={stale || undefined}>
      <Flex justify="space-between" align="center" gap={8}>
        <span className="hub-figure-title">{title}</span>
        <Button type="link" size="small" className="hub-no-print" style={{ padding: 0 }} onClick={() => setOpen(true)} aria-label={`${t('explain')}: ${title}`}>{t('explain')}</Button>
      </Flex>
      <div className="hub-figure-value"><Amount value={cell.value} unit={unit} /></div>
      {cell.grades ? <GradeBar grades={cell.grades} /> : null}
      {cell.coverage ? <CoverageBar coverage={cell.coverage} /> : null}
      {cell.bound ? <Typography.Text type="secondary" className="hub-small" title={cell.bound.method}>{t('bound', { low: amount(cell.bound.low, unit).text, high: amount(cell.bound.high, unit).text })}</Typography.Text> : null}
      <ExplanationDrawer handle={open ? cell.handle : null} title={title} cell={cell} onClose={() => setOpen(false)} />
    </div>
  )
}
