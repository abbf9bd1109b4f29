import { Button, Flex, Input, Select, Skeleton } from 'antd'
import { useEffect, useEffectEvent, useState } from 'react'
import { useSectors } from '../../api/catalog-queries'
import { asProblem } from '../../api/problem'
import { type ScenarioLine, useDecideScenario, useScenariosToReview } from '../../api/scenario-review-queries'
import { useMay } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { Queue } from '../../components/queue'
import { ReasonDialog } from '../../components/reason-dialog'
import { useAddress } from '../../lib/address'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { ScenarioToDecide } from './scenario-to-decide'
import { scenarioReviewTexts } from './scenario-review-texts'

const states = ['submitted', 'approved', 'returned'] as const

/** Submitted scenarios on the left, one of them against its approved version on the right. */
export function ScenarioReview() {
  const t = useTexts(scenarioReviewTexts)
  const language = useLanguage()
  const address = useAddress()
  const may = useMay()
  const state = states.find((known) => known === address.get('state')) ?? 'submitted'
  const [sector, q] = [address.get('sector'), address.get('q')]
  const query = useScenariosToReview({ state, ...(sector ? { sector } : {}), ...(q ? { q } : {}) })
  const lines = query.data?.pages.flatMap((page) => page.items) ?? []
  const wanted = Number(address.get('scenario'))
  const active = lines.find((line) => line.id === wanted) ?? lines[0] ?? null
  const sectors = useSectors().data?.items ?? []
  const [chosen, setChosen] = useState<number[]>([])
  const [returning, setReturning] = useState<ScenarioLine | null>(null)
  const [refused, setRefused] = useState<string[]>([])
  const decide = useDecideScenario()
  const mayDecide = may('scenario.review') && state === 'submitted'
  const marked = lines.filter((line) => chosen.includes(line.id))
  const after = (line: ScenarioLine) => { const at = lines.indexOf(line); const next = lines[at + 1] ?? lines[at - 1]; address.set({ scenario: next ? String(next.id) : null }, { replace: true }) }
  const send = (line: ScenarioLine, reason?: string) => decide.mutate({ id: line.id, version: line.version, ...(reason === undefined ? {} : { reason }) }, {
    onSuccess: () => { setReturning(null); notify('success', reason === undefined ? t('approved') : t('returned')); after(line) },
  })
  // One by one: each is a decision of its own, with its own refusal.
  const approveMarked = async () => {
    const why: string[] = []
    for (const line of marked) await decide.mutateAsync({ id: line.id, version: line.version }).catch((error: unknown) => why.push(t('partly', { name: line.name, why: asProblem(error).message })))
    setChosen([])
    setRefused(why)
    decide.reset()
    notify(why.length ? 'warning' : 'success', t('batchDone', { count: marked.length - why.length }))
  }
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (!mayDecide || returning || !active || event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof HTMLElement && event.target.closest('input:not([type=checkbox]),textarea,[role=dialog],.ant-select'))) return
    const key = event.key.toLowerCase()
    if (key === 'a') send(active)
    if (key === 'r') { event.preventDefault(); setReturning(active) }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <div className="hub-review">
      <section className="hub-panel hub-review-queue" aria-label={t('queue')}>
        <Flex gap={8} wrap role="search" style={{ marginBlockEnd: 12 }}>
          <Select aria-label={t('state')} value={state} style={{ width: 110 }} options={states.map((known) => ({ value: known, label: t(`state_${known}`) }))} onChange={(next) => address.set({ state: next === 'submitted' ? null : next, scenario: null })} />
          <Select allowClear aria-label={t('sector')} placeholder={t('sector')} value={sector} style={{ width: 130 }} popupMatchSelectWidth={220} options={sectors.filter((one) => one.rolledUp).map((one) => ({ value: one.code, label: nameOf(one, language) }))} onChange={(code?: string) => address.set({ sector: code ?? null, scenario: null })} />
          <Input.Search allowClear aria-label={t('search')} placeholder={t('search')} defaultValue={q ?? ''} onSearch={(text) => address.set({ q: text || null, scenario: null })} style={{ width: 248 }} />
        </Flex>
        {mayDecide && marked.length > 0 ? <Flex gap={8} align="center" style={{ marginBlockEnd: 8 }}><span>{t('selected', { count: marked.length })}</span><Button size="small" type="primary" loading={decide.isPending} onClick={() => void approveMarked()}>{t('approveAll')}</Button><Button size="small" type="link" onClick={() => setChosen([])}>{t('clear')}</Button></Flex> : null}
        {refused.length > 0 ? <ul role="alert" className="hub-wrong">{refused.map((why) => <li key={why}>{why}</li>)}</ul> : null}
        <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>
          {() => <Queue label={t('queue')} items={lines.map((line) => ({ id: line.id, title: line.name, about: `${line.organizationName} · ${nameOf(sectors.find((one) => one.code === line.sector) ?? { nameZh: line.sector, nameEn: line.sector }, language)}` }))}
            active={active?.id ?? null} onActivate={(id) => address.set({ scenario: String(id) }, { replace: true })} chosen={chosen} onChoose={setChosen}
            more={query.hasNextPage ? { load: () => void query.fetchNextPage(), loading: query.isFetchingNextPage } : undefined} empty={sector || q ? t('noneFiltered') : t('none')} />}
        </PageState>
        <p className="hub-small" style={{ marginBlockEnd: 0 }}>{t('keys')}</p>
      </section>
      <section className="hub-panel" aria-live="polite">
        {decide.error && !returning ? <ProblemAlert error={decide.error} /> : null}
        {active ? <ScenarioToDecide key={active.id} line={active} actions={mayDecide ? <><Button type="primary" loading={decide.isPending && !returning} onClick={() => send(active)}>{t('approve')} (A)</Button><Button danger onClick={() => setReturning(active)}>{t('returnOne')} (R)</Button></> : null} /> : query.isPending ? <Skeleton active paragraph={{ rows: 12 }} /> : <p className="hub-small" style={{ textAlign: 'center', paddingBlock: 80 }}>{t('choose')}</p>}
      </section>
      <ReasonDialog open={returning !== null} title={t('returnTitle')} about={t('returnAbout')} confirm={t('returnOne')} danger pending={decide.isPending} error={decide.error} onConfirm={(reason) => { if (returning) send(returning, reason) }} onCancel={() => { setReturning(null); decide.reset() }} />
    </div>
  )
}
