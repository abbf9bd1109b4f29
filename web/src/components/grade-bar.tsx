import { Tooltip } from 'antd'
import { useCodeItems } from '../api/catalog-queries'
import { approximate, type Decimal } from '../lib/decimal'
import { formatShare } from '../lib/format'
import { nameOf, useLanguage, useTexts } from '../lib/texts'
import { gradeColors } from './colors'
import { componentTexts } from './component-texts'
import { StackedBar } from './stacked-bar'

/** On which rung of the savings ladder each yuan stands. */
export function GradeBar({ grades }: { grades: Record<string, Decimal> }) {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  const rungs = useCodeItems('grade')
  const total = Object.values(grades).reduce<number>((sum, value) => sum + Math.abs(approximate(value)), 0)
  const parts = rungs.map((rung) => ({ key: rung.code, label: nameOf(rung, language), value: Math.abs(approximate(grades[rung.code] ?? 0)), color: gradeColors[rung.code] ?? '#8c8c8c' }))
  const words = parts.map((part) => t('gradeShare', { grade: part.label, share: total ? formatShare(Number((part.value / total).toFixed(6))) : '0%' })).join(' · ')
  return <Tooltip title={words}><div><StackedBar parts={parts} label={`${t('grades')}: ${words}`} /></div></Tooltip>
}
