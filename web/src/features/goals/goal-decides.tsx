import { Typography } from 'antd'
import { Link } from 'react-router'
import type { Goal, GoalDeciding } from '../../api/goal-queries'
import { formatNumber, formatShare } from '../../lib/format'
import { approximate } from '../../lib/decimal'
import { useTexts } from '../../lib/texts'
import { goalTexts } from './goal-texts'

/** Who brings most of it, and who has most still missing. */
export function GoalDecidesPanel({ decides }: { decides: NonNullable<Goal['decides']> }) {
  const t = useTexts(goalTexts)
  const lists = [
    { title: t('contributing'), rows: decides.organizations, organization: true }, { title: t('missing'), rows: decides.organizationsMissing, organization: true },
    { title: t('sectors'), rows: decides.sectors, organization: false }, { title: t('sectorsMissing'), rows: decides.sectorsMissing, organization: false }, { title: t('notYet'), rows: decides.membersNotYet, organization: false },
  ].filter((list) => list.rows.length > 0)
  if (lists.length === 0) return null
  return (
    <section className="hub-panel" aria-label={t('decides')}>
      <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{t('decides')}</Typography.Title>
      <div className="hub-grid hub-decides">{lists.map((list) => <List key={list.title} {...list} />)}</div>
    </section>
  )
}

function List({ title, rows, organization }: { title: string; rows: GoalDeciding[]; organization: boolean }) {
  const t = useTexts(goalTexts)
  const most = Math.max(...rows.map((row) => row.value === null ? 0 : Math.abs(approximate(row.value))), ...rows.map((row) => row.value === null ? row.missing ?? 0 : 0), 1)
  return (
    <div>
      <h3 className="hub-group" style={{ margin: '0 0 8px' }}>{title}</h3>
      <ol className="hub-bars">
        {rows.map((row) => (
          <li key={row.key}>
            <span className="hub-bars-name">{organization ? <Link to={`/dashboard?organization=${row.key}`}>{row.label ?? row.key}</Link> : row.label ?? row.key}</span>
            <span className="hub-number">{row.value === null ? '' : formatNumber(row.value)}{row.share === null ? '' : ` (${formatShare(row.share)})`}{row.missing ? <span className="hub-small"> {t('missingCount', { count: row.missing })}</span> : null}</span>
            <span className="hub-bars-bar" style={{ width: `${((row.value === null ? row.missing ?? 0 : Math.abs(approximate(row.value))) / most) * 100}%` }} />
          </li>
        ))}
      </ol>
    </div>
  )
}
