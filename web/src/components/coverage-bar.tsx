import { Tooltip } from 'antd'
import type { components } from '../api/generated/schema'
import { formatCount } from '../lib/format'
import { useTexts } from '../lib/texts'
import { colors } from './colors'
import { componentTexts } from './component-texts'
import { StackedBar } from './stacked-bar'

/** How many figures were expected and are there; 未报, 零报, 免报, 未到期 and 保密 stay five different things. */
export function CoverageBar({ coverage, withText = true }: { coverage: components['schemas']['RollupCoverage']; withText?: boolean }) {
  const t = useTexts(componentTexts)
  const parts = [
    { key: 'reported', label: t('reported'), value: coverage.reported, color: colors.reported },
    { key: 'zero', label: t('zero'), value: coverage.zero, color: colors.zero },
    { key: 'missing', label: t('missingFigures'), value: coverage.missing ?? 0, color: colors.missing },
  ]
  const beside = [[t('exempt'), coverage.exempt], [t('notDue'), coverage.notDue ?? 0], [t('withheld'), coverage.withheld]] as const
  const text = !coverage.expected ? t('coverageNone') : t('coverage', { has: formatCount(coverage.reported + coverage.zero), expected: formatCount(coverage.expected) })
  const all = [...parts.map((part) => [part.label, part.value] as const), ...beside].map(([label, value]) => `${label} ${formatCount(value)}`).join(' · ')
  return (
    <Tooltip title={all}>
      <div className="hub-coverage">
        <StackedBar parts={parts} label={`${text}. ${all}`} />
        {withText ? <span className="hub-small">{text}</span> : null}
      </div>
    </Tooltip>
  )
}
