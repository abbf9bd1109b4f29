import { Button, DatePicker, Flex, Modal, Select, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useEffectEvent, useState } from 'react'
import { type FilingLine, type FilingsDecided, useDecideFilings, useFilingsToReview } from '../../api/filing-review-queries'
import { useMay } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { OrganizationSelect } from '../../components/organization-select'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { Queue } from '../../components/queue'
import { ReasonDialog } from '../../components/reason-dialog'
import { useAddress } from '../../lib/address'
import { formatPeriod } from '../../lib/format'
import { isMonth } from '../../lib/periods'
import { useLanguage, useTexts } from '../../lib/texts'
import { FilingToDecide } from './filing-to-decide'
import { reviewTexts } from './filing-review-texts'

const states = ['submitted', 'approved', 'returned'] as const
type Asking = { kind: 'approve' | 'return'; lines: FilingLine[] }

/** Submitted filings on the left, one of them taken apart on the right. */
export function FilingReview() {
  const t = useTexts(reviewTexts)
  const language = useLanguage()
  const address = useAddress()
  const may = useMay()
  const state = states.find((known) => known === address.get('state')) ?? 'submitted'
  const period = address.get('period')
  const organization = Number(address.get('organization')) || null
  const query = useFilingsToReview({ state, ...(isMonth(period) ? { period } : {}), ...(organization ? { organization } : {}) })
  const lines = query.data?.pages.flatMap((page) => page.items) ?? []
  const wanted = Number(address.get('filing'))
  const active = lines.find((line) => line.id === wanted) ?? lines[0] ?? null
  const [chosen, setChosen] = useState<number[]>([])
  const [asking, setAsking] = useState<Asking | null>(null)
  const [refused, setRefused] = useState<FilingsDecided['items']>([])
  const decide = useDecideFilings()
  const mayDecide = may('filing.review') && state === 'submitted'
  const marked = lines.filter((line) => chosen.includes(line.id))

  const send = (toDecide: FilingLine[], reason?: string) => {
    // The one after those that go away is looked at next.
    const going = new Set(toDecide.map((line) => line.id))
    const at = lines.findIndex((line) => going.has(line.id))
    const next = lines.slice(at).find((line) => !going.has(line.id)) ?? lines.findLast((line) => !going.has(line.id))
    decide.mutate({ expected: toDecide.map(({ id, version }) => ({ id, version })), ...(reason === undefined ? {} : { reason }) }, {
      onSuccess: (outcome) => {
        setAsking(null)
        setChosen([])
        setRefused(outcome.items.filter((item) => item.outcome !== 'approved' && item.outcome !== 'returned'))
        notify(outcome.refused ? 'warning' : 'success', outcome.refused ? t('partly', { done: outcome.done, refused: outcome.refused }) : t('done', { done: outcome.done }))
        if (!outcome.refused) address.set({ filing: next ? String(next.id) : null }, { replace: true })
      },
    })
  }
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (!mayDecide || asking || !active || event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof HTMLElement && event.target.closest('input:not([type=checkbox]),textarea,[role=dialog],.ant-select,.ant-picker'))) return
    const key = event.key.toLowerCase()
    if (key === 'a') send([active])
    if (key === 'r') { event.preventDefault(); setAsking({ kind: 'return', lines: [active] }) }
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
          <Select aria-label={t('state')} value={state} style={{ width: 110 }} options={states.map((known) => ({ value: known, label: t(`state_${known}`) }))} onChange={(next) => address.set({ state: next === 'submitted' ? null : next, filing: null })} />
          <DatePicker picker="month" aria-label={t('period')} placeholder={t('period')} style={{ width: 124 }} value={isMonth(period) ? dayjs(period) : null} onChange={(month: dayjs.Dayjs | null) => address.set({ period: month?.format('YYYY-MM') ?? null, filing: null })} />
          <OrganizationSelect label={t('organization')} value={organization} width={250} onChange={(id) => address.set({ organization: id ? String(id) : null, filing: null })} />
        </Flex>
        {mayDecide && lines.length > 0 ? (
          <Flex gap={8} align="center" wrap style={{ marginBlockEnd: 8 }}>
            {marked.length > 0 ? (
              <>
                <span>{t('selected', { count: marked.length })}</span>
                <Button size="small" type="primary" onClick={() => setAsking({ kind: 'approve', lines: marked })}>{t('approveAll')}</Button>
                <Button size="small" danger onClick={() => setAsking({ kind: 'return', lines: marked })}>{t('returnAll')}</Button>
                <Button size="small" type="link" onClick={() => setChosen([])}>{t('clear')}</Button>
              </>
            ) : <Button size="small" type="link" style={{ paddingInline: 0 }} onClick={() => setChosen(lines.map((line) => line.id))}>{t('selectAll')}</Button>}
          </Flex>
        ) : null}
        <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>
          {() => <Queue label={t('queue')} items={lines.map((line) => ({ id: line.id, title: line.scenarioName, about: `${line.organizationName} · ${formatPeriod(line.period, language)}`, mark: line.approvedVersion ? <span className="hub-mark">{t('correction')}</span> : null }))}
            active={active?.id ?? null} onActivate={(id) => address.set({ filing: String(id) }, { replace: true })} chosen={chosen} onChoose={setChosen}
            more={query.hasNextPage ? { load: () => void query.fetchNextPage(), loading: query.isFetchingNextPage } : undefined} empty={period || organization ? t('noneFiltered') : t('none')} />}
        </PageState>
        <p className="hub-small" style={{ marginBlockEnd: 0 }}>{t('keys')}</p>
      </section>
      <section className="hub-panel" aria-live="polite">
        {decide.error && !asking ? <ProblemAlert error={decide.error} /> : null}
        {active ? <FilingToDecide key={active.id} line={active} actions={mayDecide ? <><Button type="primary" loading={decide.isPending && !asking} onClick={() => send([active])}>{t('approve')} (A)</Button><Button danger onClick={() => setAsking({ kind: 'return', lines: [active] })}>{t('returnOne')} (R)</Button></> : null} /> : query.isPending ? <Skeleton active paragraph={{ rows: 12 }} /> : <p className="hub-small" style={{ textAlign: 'center', paddingBlock: 80 }}>{t('choose')}</p>}
      </section>
      <ReasonDialog open={asking?.kind === 'return'} title={t('returnTitle')} about={t('returnAbout')} confirm={t('returnOne')} danger pending={decide.isPending} error={decide.error} onConfirm={(reason) => { if (asking) send(asking.lines, reason) }} onCancel={() => { setAsking(null); decide.reset() }} />
      <Modal open={asking?.kind === 'approve'} title={t('approveTitle')} okText={t('approve')} confirmLoading={decide.isPending} onOk={() => { if (asking) send(asking.lines) }} onCancel={() => { setAsking(null); decide.reset() }}>
        {decide.error ? <ProblemAlert error={decide.error} /> : null}<p>{t('approveAbout', { count: asking?.lines.length ?? 0 })}</p>
      </Modal>
      <Modal open={refused.length > 0} title={t('outcomes')} onCancel={() => setRefused([])} footer={null}>
        <ul>{refused.map((item) => <li key={item.id}><strong>{lines.find((line) => line.id === item.id)?.scenarioName ?? item.id}</strong>: {item.message}{item.errors?.length ? <ul>{item.errors.map((error, index) => <li key={index}>{error.message}</li>)}</ul> : null}</li>)}</ul>
      </Modal>
    </div>
  )
}
