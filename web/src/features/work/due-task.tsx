import { Button, Flex } from 'antd'
import { useNavigate } from 'react-router'
import type { DueLine } from '../../api/collection-queries'
import { colors } from '../../components/colors'
import { StackedBar } from '../../components/stacked-bar'
import { ToneTag } from '../../components/tone-tag'
import { formatDay, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { workTexts } from './work-texts'

const Soon = 5

/** One collection that one's organizations owe something in: how long there is, how far it is, and the way to the grid. */
export function DueTask({ line }: { line: DueLine }) {
  const t = useTexts(workTexts)
  const language = useLanguage()
  const navigate = useNavigate()
  const left = line.owed - line.filed
  const [text, tone] = left === 0 ? [t('complete'), 'good'] as const
    : line.daysLeft < 0 ? [t('daysOver', { count: -line.daysLeft }), 'bad'] as const
      : line.daysLeft === 0 ? [t('lastDay'), 'warning'] as const
        : [t('daysLeft', { count: line.daysLeft }), line.daysLeft <= Soon ? 'warning' : 'primary'] as const
  const period = line.firstPeriod === line.lastPeriod ? formatPeriod(line.firstPeriod, language) : `${formatPeriod(line.firstPeriod, language)} – ${formatPeriod(line.lastPeriod, language)}`
  const progress = t('progress', { filed: line.filed, owed: line.owed, approved: line.approved })
  return (
    <li className="hub-line hub-line-top">
      <Flex vertical gap={6} style={{ flex: 1, minWidth: 0 }}>
        <Flex gap={8} align="center" wrap><strong>{line.name}</strong><ToneTag tone={tone}>{text}</ToneTag></Flex>
        <div className="hub-small">{period} · {t('due', { day: formatDay(line.dueOn, language) })}{line.lastRemindedOn ? ` · ${t('reminded', { day: formatDay(line.lastRemindedOn, language) })}` : ''}</div>
        {line.note ? <div className="hub-small">{line.note}</div> : null}
        <div style={{ maxWidth: 420 }}><StackedBar label={`${t('progressLabel')}: ${progress}`} parts={[
          { key: 'approved', label: t('look'), value: line.approved, color: colors.reported },
          { key: 'filed', label: t('look'), value: Math.max(0, line.filed - line.approved), color: colors.zero },
          { key: 'left', label: t('look'), value: left, color: '#e4e7ed' },
        ]} /></div>
        <div className="hub-small">{progress}</div>
      </Flex>
      <Button type={left > 0 ? 'primary' : 'default'} onClick={() => void navigate(`/filings?period=${line.lastPeriod}`)}>{left > 0 ? t('file') : t('look')}</Button>
    </li>
  )
}
