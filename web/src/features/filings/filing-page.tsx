import { CheckCircleOutlined, CloudSyncOutlined, DisconnectOutlined, LoadingOutlined, SaveOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Checkbox, Empty, Flex, Input, Select, Skeleton } from 'antd'
import { useDeferredValue, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useMeasures } from '../../api/catalog-queries'
import { type FilingDecision, type SheetRow, useSheet as useSheetQuery, useSubmitFilings } from '../../api/filing-queries'
import { asProblem } from '../../api/problem'
import { useSession } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ReasonDialog } from '../../components/reason-dialog'
import { useAddress } from '../../lib/address'
import { formatPeriod } from '../../lib/format'
import { type MoneyUnit, useMoneyUnit } from '../../lib/money-unit'
import { addMonths, isMonth, lastFullMonth } from '../../lib/periods'
import { useLanguage, useTexts } from '../../lib/texts'
import { CellAbout } from './cell-about'
import { FilingGrid, type Place } from './filing-grid'
import { filingTexts } from './filing-texts'
import { columnsOf, isOpen, needsReason, shownOf, withEntry } from './sheet-model'
import { SubmitResult } from './submit-result'
import { useSheet } from './use-sheet'

const MonthsBack = 24

export default function FilingPage() {
  const address = useAddress()
  const asked = address.get('period')
  const period = isMonth(asked) ? asked : lastFullMonth()
  const organization = Number(address.get('organization')) || null
  // Another month is another sheet: nothing of the one before stays behind.
  return <Sheet key={`${period} ${organization ?? ''}`} period={period} organization={organization} />
}

function Sheet({ period, organization }: { period: string; organization: number | null }) {
  const t = useTexts(filingTexts)
  const language = useLanguage()
  const address = useAddress()
  const session = useSession()
  const query = useSheetQuery(period, organization)
  const measures = useMeasures()
  const money = useMoneyUnit()
  const [chosenUnits, setUnits] = useState<Record<string, MoneyUnit>>({})
  const [search, setSearch] = useState('')
  const [onlyOpen, setOnlyOpen] = useState(false)
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [asksReason, setAsksReason] = useState<{ ids: number[]; then: 'save' | 'submit' } | null>(null)
  const [decisions, setDecisions] = useState<FilingDecision[] | null>(null)
  const submit = useSubmitFilings()
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage() }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const all = query.data?.pages.flatMap((page) => page.items) ?? []
  const sheet = useSheet(all, period, organization, session.userId)
  const wanted = useDeferredValue(search.trim().toLowerCase())
  const rows = all.filter((row) => (!wanted || row.scenarioName.toLowerCase().includes(wanted) || row.scenarioCode.toLowerCase().includes(wanted)) && (!onlyOpen || isOpen(row) && row.state !== 'approved'))
  const columns = columnsOf(all, measures.data?.items ?? [])
  const units = Object.fromEntries(columns.map((column) => [column.key, column.money ? chosenUnits[column.key] ?? money : 'yuan'])) as Record<string, MoneyUnit>
  const place = { row: Math.min(active.row, Math.max(0, rows.length - 1)), column: Math.min(active.column, Math.max(0, columns.length - 1)) }
  const row = rows[place.row]
  const column = columns[place.column]
  const dirty = all.filter((one) => sheet.drafts[one.scenarioId])
  const done = all.filter((one) => one.state === 'submitted' || one.state === 'approved').length

  // The scenario a link came for.
  const linked = Number(address.get('scenario')) || null
  const arrived = useRef(false)
  useEffect(() => {
    const at = linked === null ? -1 : rows.findIndex((one) => one.scenarioId === linked)
    if (!arrived.current && at >= 0) { arrived.current = true; setActive({ row: at, column: 0 }) }
  }, [linked, rows])

  const failed = (error: unknown) => notify('error', asProblem(error).message)
  const save = async (ids: number[], reason: string | null): Promise<{ saved: number[]; refused: number[] }> => {
    try {
      return await sheet.save(ids, reason)
    } catch (error) {
      failed(error)
      return { saved: [], refused: ids }
    }
  }
  const saveAll = async (reason: string | null = null) => {
    const held = dirty.filter(needsReason)
    if (held.length > 0 && reason === null) { setAsksReason({ ids: held.map((one) => one.scenarioId), then: 'save' }); return }
    const { saved, refused } = await save(dirty.map((one) => one.scenarioId), reason)
    setAsksReason(null)
    if (saved.length) notify('success', t('savedDone', { count: saved.length }))
    if (refused.length) notify('error', t('someRefused', { count: refused.length }))
  }
  const submitChosen = async (reason: string | null = null) => {
    const picked = all.filter((one) => chosen.has(one.scenarioId))
    const held = picked.filter((one) => sheet.drafts[one.scenarioId] && needsReason(one))
    if (held.length > 0 && reason === null) { setAsksReason({ ids: held.map((one) => one.scenarioId), then: 'submit' }); return }
    const { refused } = await save(picked.map((one) => one.scenarioId), reason)
    setAsksReason(null)
    if (refused.length) { notify('error', t('saveFirst')); return }
    const now = (await query.refetch()).data?.pages.flatMap((page) => page.items) ?? []
    await send(now.filter((one) => chosen.has(one.scenarioId) && one.filingId !== null && one.state === 'draft'))
  }
  const send = async (drafts: readonly SheetRow[]) => {
    if (drafts.length === 0) { notify('info', t('nothingToSubmit')); return }
    try {
      const outcome = await submit.mutateAsync(drafts.map((one) => ({ id: one.filingId ?? 0, version: one.version })))
      setChosen(new Set())
      setDecisions(outcome.items)
    } catch (error) {
      failed(error)
    }
  }
  const again = async (ids: number[]) => {
    const { refused } = await save(dirty.map((one) => one.scenarioId), null)
    if (refused.length) { notify('error', t('saveFirst')); return }
    const now = (await query.refetch()).data?.pages.flatMap((page) => page.items) ?? []
    await send(now.filter((one) => one.filingId !== null && ids.includes(one.filingId)))
  }
  // A row that is left is saved, unless that needs a reason.
  const at = row?.scenarioId ?? null
  const before = useRef(at)
  const leave = useEffectEvent((id: number) => {
    const left = all.find((one) => one.scenarioId === id)
    if (left && sheet.drafts[id] && !needsReason(left)) void save([id], null)
  })
  useEffect(() => {
    if (before.current !== null && before.current !== at) leave(before.current)
    before.current = at
  }, [at])
  const count = chosen.size
  const status = sheet.saving ? <><LoadingOutlined /> {t('saving')}</> : sheet.offline ? <><DisconnectOutlined /> {t('offlineKept')}</> : dirty.length ? <><CloudSyncOutlined /> {sheet.restored ? `${t('restored')} · ` : ''}{t('unsaved', { count: dirty.length })}</> : <><CheckCircleOutlined /> {t('saved')}</>
  const found = Object.keys(sheet.problems).length

  return (
    <>
      <PageHeader title={t('title')} about={t('about', { organization: session.organization.name, done, all: `${all.length}${hasNextPage ? '+' : ''}` })} actions={
        <>
          <Button icon={<SaveOutlined />} title={t('saveKeys')} disabled={dirty.length === 0} loading={sheet.saving} onClick={() => void saveAll()}>{t('save')}</Button>
          <Button type="primary" icon={<SendOutlined />} disabled={count === 0} loading={submit.isPending} onClick={() => void submitChosen()}>{count ? t('submit', { count }) : t('submitNone')}</Button>
        </>} />
      <Flex gap={12} align="center" wrap style={{ marginBlockEnd: 12 }} role="search" aria-label={t('filterLabel')}>
        <Select aria-label={t('month')} style={{ width: 150 }} value={period} onChange={(value) => address.set({ period: value, scenario: null })} options={Array.from({ length: MonthsBack }, (_, back) => addMonths(lastFullMonth(), 1 - back)).map((month) => ({ value: month, label: formatPeriod(month, language) }))} />
        <Input.Search aria-label={t('search')} placeholder={t('search')} allowClear style={{ width: 260 }} value={search} onChange={(event) => setSearch(event.target.value)} />
        <Checkbox checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)}>{t('onlyOpen')}</Checkbox>
        <span role="status" className="hub-small" style={{ marginInlineStart: 'auto' }} data-testid="save-state">{found ? <span className="hub-wrong">{t('problems', { count: found })} · </span> : null}{status}</span>
      </Flex>
      <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 12 }} />} isEmpty={() => all.length === 0} empty={<div className="hub-panel"><Empty description={<>{t('emptyTitle')}<div className="hub-small">{t('emptyHint')}</div></>} /></div>}>
        {() => measures.data ? (
          <div className="hub-filing">
            <div>
              {rows.length === 0 ? <div className="hub-panel"><Empty description={t('emptySearch')} /></div> : (
                <FilingGrid rows={rows} columns={columns} drafts={sheet.drafts} problems={sheet.problems} units={units} onUnit={(key, unit) => setUnits({ ...chosenUnits, [key]: unit })} active={place} onActive={setActive} chosen={chosen} onChosen={setChosen}
                  onChange={sheet.change} onUndo={sheet.undo} onComplain={sheet.complain} onSave={() => void saveAll()} onSubmit={() => void submitChosen()} height={Math.min(620, 80 + rows.length * 52 + 18)} />
              )}
              <p className="hub-small" style={{ marginBlock: 10 }}><strong>{t('keys')}</strong> {t('keysText')}</p>
            </div>
            <CellAbout row={row} column={column} entry={row && column ? shownOf(row, sheet.drafts, column.measure.code) : undefined} unit={column ? units[column.key] ?? 'yuan' : 'yuan'} problem={row && column ? sheet.problems[`${row.scenarioId}:${column.measure.code}`] ?? sheet.problems[`${row.scenarioId}:`] : undefined}
              onEntry={(entry) => { if (row && column) sheet.change(withEntry(sheet.drafts, row, column.measure.code, entry), [`${row.scenarioId}:${column.measure.code}`]) }} />
          </div>
        ) : <Skeleton active paragraph={{ rows: 12 }} />}
      </PageState>
      <ReasonDialog open={asksReason !== null} title={t('reasonTitle')} about={t('reasonAbout', { names: all.filter((one) => asksReason?.ids.includes(one.scenarioId)).map((one) => one.scenarioName).join('、') })} pending={sheet.saving}
        onConfirm={(reason) => void (asksReason?.then === 'submit' ? submitChosen(reason) : saveAll(reason))} onCancel={() => setAsksReason(null)} />
      <SubmitResult decisions={decisions} rows={all} pending={submit.isPending} onAgain={(ids) => void again(ids)} onClose={() => setDecisions(null)}
        onJump={(scenario, measure) => { setDecisions(null); setSearch(''); setOnlyOpen(false); setActive({ row: Math.max(0, all.findIndex((one) => one.scenarioId === scenario)), column: Math.max(0, columns.findIndex((one) => one.measure.code === measure)) }) }} />
    </>
  )
}
