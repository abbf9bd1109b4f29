import { Alert, Button, Descriptions, Flex, Skeleton, Table, Typography } from 'antd'
import { useParams } from 'react-router'
import { type Goal, useEvaluateGoal, useGoal, useGoalEvaluations } from '../../api/goal-queries'
import { useMay } from '../../api/session-queries'
import { Amount, useAmount } from '../../components/amount'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { formatDay, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { GoalDecidesPanel } from './goal-decides'
import { goalTexts } from './goal-texts'
import { TrajectoryChart } from './trajectory-chart'
import { VerdictTag } from './verdict-tag'

export default function GoalPage() {
  const id = Number(useParams()['id'])
  return <PageState query={useGoal(id)} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>{(goal) => <Loaded goal={goal} />}</PageState>
}

function Loaded({ goal }: { goal: Goal }) {
  const t = useTexts(goalTexts)
  const language = useLanguage()
  const amount = useAmount()
  const may = useMay()
  const evaluate = useEvaluateGoal()
  const evaluations = useGoalEvaluations(goal.id)
  const latest = goal.latest
  const unit = goal.unit ?? ''
  return (
    <>
      <PageHeader title={goal.statement} about={<Flex gap={8} align="center" wrap component="span"><VerdictTag verdict={latest?.verdict} />{latest ? t('evaluatedAt', { at: formatInstant(latest.evaluatedAt, language) }) : null}{latest ? ` · ${t('closing', { closing: latest.lastClosing })}` : null}</Flex>}
        actions={may('goal.manage') && goal.whole ? <Button loading={evaluate.isPending} onClick={() => evaluate.mutate(goal.id, { onSuccess: () => notify('success', t('evaluated')) })}>{t('evaluate')}</Button> : null} />
      {evaluate.error ? <ProblemAlert error={evaluate.error} /> : null}
      {goal.whole ? null : <Alert type="info" showIcon title={t('partOnly')} style={{ marginBlockEnd: 16 }} />}
      <div className="hub-grid">
        <div className="hub-grid hub-two">
          <TrajectoryChart goal={goal} />
          <section className="hub-panel" aria-label={t('reasons')}>
            <Flex gap={32} wrap style={{ marginBlockEnd: 16 }}>
              <div><div className="hub-small">{t('value')}</div><span className="hub-figure-value">{latest?.value === null || !latest ? '–' : <Amount value={latest.value} unit={unit} />}</span></div>
              <div><div className="hub-small">{t('target')}</div><span className="hub-figure-value">{goal.target === null ? '–' : <>{goal.comparator} <Amount value={goal.target} unit={unit} /></>}</span></div>
            </Flex>
            {latest?.reasons.length ? <><Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 4 }}>{t('reasons')}</Typography.Title><ul style={{ margin: '0 0 16px', paddingInlineStart: 18 }}>{latest.reasons.map((reason) => <li key={reason.code}>{reason.text}</li>)}</ul></> : null}
            {latest?.forecast !== null && latest?.forecast !== undefined ? <p>{t('forecastText', { value: amount(latest.forecast, unit).text, low: amount(latest.forecastLow, unit).text, high: amount(latest.forecastHigh, unit).text })} {unit}</p> : null}
            <Descriptions size="small" column={1} items={[
              ...(goal.dueOn ? [{ key: 'due', label: t('due'), children: formatDay(goal.dueOn, language) }] : []),
              ...(goal.definition ? [{ key: 'definition', label: t('definition'), children: goal.definition }] : []),
              ...(goal.formulaText ? [{ key: 'formula', label: t('formula'), children: goal.formulaText }] : []),
              ...(goal.proxy ? [{ key: 'proxy', label: t('proxy'), children: goal.proxy }] : []),
              ...(goal.scope ? [{ key: 'scope', label: t('scope'), children: goal.scope }] : []),
              { key: 'source', label: t('source'), children: [goal.source.document, goal.source.docNo, goal.source.issuer, goal.source.issuedOn].filter(Boolean).join(' · ') },
            ]} />
          </section>
        </div>
        {goal.decides ? <GoalDecidesPanel decides={goal.decides} /> : null}
        {goal.contribution ? <section className="hub-panel"><Typography.Title level={2} className="hub-subheading">{t('contribution')}</Typography.Title><span className="hub-figure-value"><Amount value={goal.contribution.value} unit={unit} /></span></section> : null}
        {goal.whole ? (
          <section className="hub-panel" aria-label={t('evaluations')}>
            <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{t('evaluations')}</Typography.Title>
            <PageState query={evaluations} skeleton={<Skeleton active />}>
              {(data) => <Table size="small" pagination={false} rowKey="no" dataSource={data.pages.flatMap((page) => page.items)} columns={[
                { title: t('no'), dataIndex: 'no', width: 64 }, { title: t('verdict'), key: 'verdict', width: 130, render: (_, one) => <VerdictTag verdict={one.verdict} /> },
                { title: t('value'), key: 'value', width: 150, align: 'right', render: (_, one) => one.value === null ? '–' : <Amount value={one.value} unit={unit} /> },
                { title: t('reasons'), key: 'reasons', render: (_, one) => one.reasons.map((reason) => reason.text).join(' ') },
                { title: t('closing', { closing: '' }), key: 'closing', width: 110, render: (_, one) => one.closing === one.lastClosing ? one.closing : `${one.closing} – ${one.lastClosing}` },
                { title: t('evaluatedAt', { at: '' }), key: 'at', width: 180, render: (_, one) => formatInstant(one.evaluatedAt, language) },
              ]} />}
            </PageState>
          </section>
        ) : null}
      </div>
    </>
  )
}
