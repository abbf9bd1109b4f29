import { Button, Card, Empty, Flex, Segmented, Select, Skeleton } from 'antd'
import { Link } from 'react-router'
import { type Goal, useGoals } from '../../api/goal-queries'
import { Amount } from '../../components/amount'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { useAddress } from '../../lib/address'
import { approximate } from '../../lib/decimal'
import { formatDay, formatShare } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { goalTexts } from './goal-texts'
import { VerdictTag } from './verdict-tag'

const kinds = ['target', 'milestone', 'vision'] as const
const verdicts = ['met', 'onTrack', 'atRisk', 'notMet', 'cannotSay', 'levelReached', 'levelNotReached'] as const

/** Targets and milestones apart: an obligation and a reported level are never in one list. */
export default function GoalListPage() {
  const t = useTexts(goalTexts)
  const address = useAddress()
  const kind = kinds.find((known) => known === address.get('kind')) ?? 'target'
  const verdict = verdicts.find((known) => known === address.get('verdict'))
  const query = useGoals({ kind, ...(verdict ? { verdict } : {}) })
  const possible = verdicts.filter((known) => kind === 'milestone' ? known.startsWith('level') || known === 'cannotSay' : !known.startsWith('level'))
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <Flex gap={12} wrap style={{ marginBlockEnd: 16 }}>
        <Segmented aria-label={t('title')} value={kind} onChange={(next) => address.set({ kind: next === 'target' ? null : next, verdict: null })} options={[{ value: 'target', label: t('targets') }, { value: 'milestone', label: t('milestones') }, { value: 'vision', label: t('visions') }]} />
        {kind === 'vision' ? null : <Select allowClear aria-label={t('verdict')} placeholder={t('allVerdicts')} style={{ width: 170 }} value={verdict} onChange={(next?: string) => address.set({ verdict: next ?? null })} options={possible.map((known) => ({ value: known, label: t(`verdict_${known}`) }))} />}
      </Flex>
      <PageState query={query} skeleton={<div className="hub-grid hub-goals">{[1, 2, 3, 4, 5, 6].map((one) => <Card key={one}><Skeleton active /></Card>)}</div>} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)} empty={<div className="hub-panel"><Empty /></div>}>
        {(data) => (
          <>
            <ul className="hub-grid hub-goals">{data.pages.flatMap((page) => page.items).map((goal) => <GoalCard key={goal.id} goal={goal} />)}</ul>
            {query.hasNextPage ? <Button block style={{ marginBlockStart: 16 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>…</Button> : null}
          </>
        )}
      </PageState>
    </>
  )
}

function GoalCard({ goal }: { goal: Goal }) {
  const t = useTexts(goalTexts)
  const language = useLanguage()
  const latest = goal.latest
  return (
    <li className="hub-panel hub-goal">
      <Flex justify="space-between" gap={8} align="flex-start"><VerdictTag verdict={latest?.verdict} /><span className="hub-small">{goal.dueOn ? `${t('due')} ${formatDay(goal.dueOn, language)}` : ''}</span></Flex>
      <h2 className="hub-goal-title"><Link to={`/goals/${goal.id}`}>{goal.statement}</Link></h2>
      <Flex gap={24} wrap>
        <div><div className="hub-small">{t('value')}</div><strong className="hub-goal-number">{latest?.value === null || latest === null ? '–' : <Amount value={latest.value} unit={goal.unit ?? ''} />}</strong></div>
        <div><div className="hub-small">{t('target')}</div><strong className="hub-goal-number">{goal.target === null ? t('noTarget') : <>{goal.comparator} <Amount value={goal.target} unit={goal.unit ?? ''} /></>}</strong></div>
        {latest?.missingShare !== null && latest?.missingShare !== undefined ? <div><div className="hub-small">{t('coverage')}</div><strong className="hub-goal-number">{formatShare(Number((1 - approximate(latest.missingShare)).toFixed(6)), 0)}</strong></div> : null}
      </Flex>
      {latest?.reasons.length ? <p className="hub-small" style={{ margin: 0 }}>{latest.reasons.map((reason) => reason.text).join(' ')}</p> : null}
      {goal.proxy ? <p className="hub-small" style={{ margin: 0 }}>{goal.proxy}</p> : null}
      <span className="hub-small" style={{ marginBlockStart: 'auto' }}>{goal.source.document}{goal.source.docNo ? ` · ${goal.source.docNo}` : ''}</span>
    </li>
  )
}
