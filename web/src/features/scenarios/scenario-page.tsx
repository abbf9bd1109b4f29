import { EditOutlined, SendOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Flex, Skeleton, Tabs } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { useCodeName } from '../../api/catalog-queries'
import { useFindings } from '../../api/finding-queries'
import { useFilings } from '../../api/filing-queries'
import { asProblem } from '../../api/problem'
import { useScenario, useScenarioStep } from '../../api/scenario-queries'
import { useMay } from '../../api/session-queries'
import { FindingCard } from '../../components/finding-card'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ToneTag } from '../../components/tone-tag'
import { useAddress } from '../../lib/address'
import { useTexts } from '../../lib/texts'
import { ScenarioFilings } from './scenario-filings'
import { ScenarioHistory } from './scenario-history'
import { ScenarioRegister } from './scenario-register'
import { scenarioTexts, stateKeys, stateTones } from './scenario-texts'

export default function ScenarioPage() {
  const t = useTexts(scenarioTexts)
  const codeName = useCodeName()
  const may = useMay()
  const navigate = useNavigate()
  const address = useAddress()
  const id = Number(useParams()['id']) || 0
  const query = useScenario(id)
  const withdraw = useScenarioStep('withdraw')
  const submit = useScenarioStep('submit')
  return (
    <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 14 }} />}>
      {({ value: scenario, version }) => {
        const state = scenario.state as keyof typeof stateKeys
        const step = (mutation: typeof submit, done: string) => mutation.mutate({ id, version }, { onSuccess: () => notify('success', done), onError: (error) => { const problem = asProblem(error); if (problem.status === 400) void navigate(`/scenarios/${id}/edit`); notify('error', problem.message) } })
        return (
          <>
            <PageHeader title={scenario.name} about={<Flex component="span" gap={8} align="center" wrap><ToneTag tone={stateTones[state]}>{t(stateKeys[state])}</ToneTag><span>{scenario.code} · {scenario.organizationName} · {codeName('stage', scenario.stage)} · {scenario.approvedVersion ? t('current', { version: scenario.approvedVersion }) : t('neverApproved')}</span></Flex>} actions={may('scenario.write') ? (
              <>
                {scenario.state === 'submitted' ? <Button loading={withdraw.isPending} onClick={() => step(withdraw, t('withdrawn'))}>{t('withdraw')}</Button> : null}
                {scenario.state !== 'submitted' && scenario.state !== 'retired' ? <Button icon={<EditOutlined />} onClick={() => void navigate(`/scenarios/${id}/edit`)}>{t('edit')}</Button> : null}
                {['draft', 'returned', 'withdrawn'].includes(scenario.state) ? <Button type="primary" icon={<SendOutlined />} loading={submit.isPending} onClick={() => step(submit, t('submitted'))}>{t('submit')}</Button> : null}
              </>) : null} />
            {scenario.returnReason && scenario.state === 'returned' ? <Alert type="warning" showIcon style={{ marginBlockEnd: 16 }} title={t('returned', { reason: scenario.returnReason })} action={<Link to={`/scenarios/${id}/edit`}>{t('edit')}</Link>} /> : null}
            <Tabs activeKey={address.get('tab') ?? 'register'} onChange={(tab) => address.set({ tab: tab === 'register' ? null : tab }, { replace: true })} destroyOnHidden items={[
              { key: 'register', label: t('tabRegister'), children: <ScenarioRegister scenario={scenario} /> },
              ...(may('filing.read') ? [{ key: 'filings', label: t('tabFilings'), children: <ScenarioFilings id={id} name={scenario.name ?? ''} /> }] : []),
              ...(may('rule.read') ? [{ key: 'review', label: t('tabReview'), children: <Review id={id} /> }] : []),
              { key: 'history', label: t('tabHistory'), children: <ScenarioHistory id={id} /> },
            ]} />
          </>
        )
      }}
    </PageState>
  )
}

/** Findings are listed by filing: those of the latest months of this scenario. */
function Review({ id }: { id: number }) {
  const filings = useFilings({ scenario: id, limit: 6 })
  return (
    <PageState query={filings} isEmpty={(data) => (data.pages[0]?.items.length ?? 0) === 0} empty={<NoFindings />}>
      {(data) => <div className="hub-grid" style={{ gridTemplateColumns: 'minmax(0, 820px)' }}>{data.pages[0]?.items.map((filing) => <FindingsOf key={filing.id} filing={filing.id} period={filing.period} />)}</div>}
    </PageState>
  )
}

function FindingsOf({ filing, period }: { filing: number; period: string }) {
  const findings = useFindings({ filing, limit: 50 })
  const items = findings.data?.pages.flatMap((page) => page.items).filter((finding) => finding.state !== 'gone') ?? []
  if (findings.isPending) return <Skeleton active paragraph={{ rows: 2 }} aria-label={period} />
  return <>{items.map((finding) => <FindingCard key={finding.id} finding={finding} withScenario={false} />)}</>
}

function NoFindings() {
  const t = useTexts(scenarioTexts)
  return <div className="hub-panel"><Empty description={t('noFindings')} /></div>
}
