import { FormOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Empty, Flex, Skeleton, Typography } from 'antd'
import { useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { useDue } from '../../api/collection-queries'
import { useFilings } from '../../api/filing-queries'
import { useFindings } from '../../api/finding-queries'
import { useScenarios } from '../../api/scenario-queries'
import { useMay, useSession } from '../../api/session-queries'
import { FindingCard } from '../../components/finding-card'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { formatCount, formatDay, formatInstant, formatPeriod } from '../../lib/format'
import { today } from '../../lib/periods'
import { useLanguage, useTexts } from '../../lib/texts'
import { DueTask } from './due-task'
import { FirstVisitTour } from './first-visit-tour'
import { ReturnedItem } from './returned-item'
import { workTexts } from './work-texts'

export default function WorkPage() {
  const t = useTexts(workTexts)
  const language = useLanguage()
  const session = useSession()
  const may = useMay()
  const navigate = useNavigate()
  const due = useDue()
  const returnedFilings = useFilings({ state: 'returned', limit: 20 })
  const returnedScenarios = useScenarios({ state: 'returned', limit: 20 })
  const open = useFindings({ state: 'open', severity: 'error', limit: 20 })
  const rejected = useFindings({ state: 'rejected', limit: 20 })
  const draftScenarios = useScenarios({ state: 'draft', limit: 6 })
  const draftFilings = useFilings({ state: 'draft', limit: 6 })
  const tiles = useRef<HTMLDivElement>(null)
  const tasks = useRef<HTMLElement>(null)
  const register = useRef<HTMLButtonElement>(null)

  const tasksOpen = due.data?.items.filter((line) => line.owed > line.filed) ?? []
  const filings = returnedFilings.data?.pages.flatMap((page) => page.items) ?? []
  const scenarios = returnedScenarios.data?.pages.flatMap((page) => page.items) ?? []
  const findings = [...(rejected.data?.pages.flatMap((page) => page.items) ?? []), ...(open.data?.pages.flatMap((page) => page.items) ?? [])]
  const scenarioDrafts = draftScenarios.data?.pages.flatMap((page) => page.items) ?? []
  const filingDrafts = draftFilings.data?.pages.flatMap((page) => page.items) ?? []
  const more = (has: boolean) => (has ? '+' : '')
  const figures = [
    { key: 'owed', to: 'tasks', loading: due.isPending, value: formatCount(tasksOpen.reduce((sum, line) => sum + line.owed - line.filed, 0)), hint: t('owedHint'), tone: 'primary' },
    { key: 'overdue', to: 'tasks', loading: due.isPending, value: formatCount(tasksOpen.reduce((sum, line) => sum + line.overdue, 0)), hint: t('overdueHint'), tone: 'bad' },
    { key: 'returned', to: 'returned', loading: returnedFilings.isPending || returnedScenarios.isPending, value: `${formatCount(filings.length + scenarios.length)}${more(returnedFilings.hasNextPage || returnedScenarios.hasNextPage)}`, hint: t('returnedHint'), tone: 'warning' },
    { key: 'explain', to: 'findings', loading: open.isPending || rejected.isPending, value: `${formatCount(findings.length)}${more(open.hasNextPage)}`, hint: t('explainHint'), tone: 'warning' },
  ] as const
  const go = (id: string) => { const target = document.getElementById(id); target?.scrollIntoView({ block: 'start', behavior: 'smooth' }); target?.focus({ preventScroll: true }) }

  return (
    <>
      <PageHeader title={t('title')} about={t('about', { organization: session.organization.name, day: formatDay(today(), language) })} actions={
        <>
          {may('scenario.write') ? <Button ref={register} icon={<PlusOutlined />} onClick={() => void navigate('/scenarios/new')}>{t('register')}</Button> : null}
          <Button type="primary" icon={<FormOutlined />} onClick={() => void navigate('/filings')}>{t('toGrid')}</Button>
        </>} />
      <div ref={tiles} className="hub-grid hub-tiles">
        {figures.map((figure) => (
          <button type="button" key={figure.key} className="hub-tile" data-tone={figure.value === '0' ? 'none' : figure.tone} onClick={() => go(figure.to)}>
            <span className="hub-figure-title">{t(figure.key)}</span>
            <span className="hub-tile-value">{figure.loading ? <Skeleton.Button active size="small" /> : figure.value}</span>
            <span className="hub-small">{figure.hint}</span>
          </button>
        ))}
      </div>
      <div className="hub-grid hub-columns">
        <div className="hub-grid">
          <section ref={tasks} id="tasks" tabIndex={-1} className="hub-panel" aria-labelledby="tasks-title">
            <Typography.Title level={2} id="tasks-title" className="hub-subheading">{t('tasks')}</Typography.Title>
            <PageState query={due} skeleton={<Skeleton active paragraph={{ rows: 5 }} />} isEmpty={(data) => data.items.length === 0} empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<>{t('noTasks')}<div className="hub-small">{t('noTasksHint')}</div></>} />}>
              {(data) => <ul className="hub-list">{data.items.map((line) => <DueTask key={line.collectionId} line={line} />)}</ul>}
            </PageState>
          </section>
          <section id="returned" tabIndex={-1} className="hub-panel" aria-labelledby="returned-title">
            <Typography.Title level={2} id="returned-title" className="hub-subheading">{t('returnedTitle')}</Typography.Title>
            <PageState query={returnedFilings} skeleton={<Skeleton active paragraph={{ rows: 2 }} />}>
              {() => filings.length + scenarios.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noReturned')} /> : (
                <ul className="hub-list">
                  {scenarios.map((line) => <ReturnedItem key={`s${line.id}`} scenario={line} />)}
                  {filings.map((line) => <ReturnedItem key={`f${line.id}`} filing={line} />)}
                </ul>
              )}
            </PageState>
          </section>
        </div>
        <div className="hub-grid">
          <section id="findings" tabIndex={-1} className="hub-panel" aria-labelledby="findings-title">
            <Typography.Title level={2} id="findings-title" className="hub-subheading">{t('findings')}</Typography.Title>
            <PageState query={open} skeleton={<Skeleton active paragraph={{ rows: 3 }} />}>
              {() => findings.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noFindings')} /> : (
                <Flex vertical gap={12} style={{ marginBlockStart: 12 }}>
                  {findings.map((finding) => <FindingCard key={finding.id} finding={finding} />)}
                  {open.hasNextPage ? <Button loading={open.isFetchingNextPage} onClick={() => void open.fetchNextPage()}>{t('more')}</Button> : null}
                </Flex>
              )}
            </PageState>
          </section>
          <section className="hub-panel" aria-labelledby="drafts-title">
            <Typography.Title level={2} id="drafts-title" className="hub-subheading">{t('drafts')}</Typography.Title>
            <PageState query={draftScenarios} skeleton={<Skeleton active paragraph={{ rows: 2 }} />}>
              {() => scenarioDrafts.length + filingDrafts.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noDrafts')} /> : (
                <ul className="hub-list">
                  {scenarioDrafts.map((line) => (
                    <li key={`s${line.id}`} className="hub-line"><div style={{ minWidth: 0 }}><div className="hub-ellipsis">{line.name}</div><div className="hub-small">{t('scenario')} · {t('updated', { at: formatInstant(line.updatedAt, language) })}</div></div><Link to={`/scenarios/${line.id}/edit`}>{t('continueDraft')}</Link></li>
                  ))}
                  {filingDrafts.map((line) => (
                    <li key={`f${line.id}`} className="hub-line"><div style={{ minWidth: 0 }}><div className="hub-ellipsis">{line.scenarioName}</div><div className="hub-small">{t('filing')} · {formatPeriod(line.period, language)} · {t('updated', { at: formatInstant(line.updatedAt, language) })}</div></div><Link to={`/filings?period=${line.period}&scenario=${line.scenarioId}`}>{t('continueDraft')}</Link></li>
                  ))}
                </ul>
              )}
            </PageState>
          </section>
        </div>
      </div>
      <FirstVisitTour steps={[
        { target: () => tiles.current ?? document.body, title: t('tour1'), description: t('tour1About') },
        { target: () => tasks.current ?? document.body, title: t('tour2'), description: t('tour2About') },
        ...(may('scenario.write') ? [{ target: () => register.current ?? document.body, title: t('tour3'), description: t('tour3About') }] : []),
      ]} />
    </>
  )
}
