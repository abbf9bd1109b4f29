import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useAudit, type AuditAsked, type AuditLine } from '../../api/audit-queries'
import { DataTable } from '../../components/data-table'
import { changeKinds, formTexts, kindKey } from '../../components/form-texts'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { formatInstant } from '../../lib/format'
import { pick, useLanguage, useTexts } from '../../lib/texts'
import { actWords } from './act-words'
import { AuditDrawer } from './audit-drawer'
import { auditTexts } from './audit-texts'

const day = (text: string | null) => text && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null

/** Who did what, the newest first. */
export function AuditList() {
  const t = useTexts(auditTexts)
  const words = useTexts(formTexts)
  const language = useLanguage()
  const address = useAddress()
  const [opened, setOpened] = useState<AuditLine | null>(null)
  const [who, kind, subject, from, to] = [address.get('who'), address.get('kind'), Number(address.get('subject')) || null, day(address.get('from')), day(address.get('to'))]
  const asked: AuditAsked = { ...(who ? { who } : {}), ...(kind ? { kind } : {}), ...(kind && subject ? { subject } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const query = useAudit(asked)
  const kindName = (code: string) => { const key = kindKey(code); return key ? words(key) : code }
  const actName = (act: string) => { const known = actWords[act]; return known ? pick(known, language) : act }
  return (
    <>
      <DataTable<AuditLine> name="audit" label={t('entries')} query={query} rowKey={(one) => one.no} onOpen={setOpened} minWidth={1080} filtered={Object.keys(asked).length > 0} onClearFilters={() => address.set({ who: null, kind: null, subject: null, from: null, to: null })}
        filters={<>
          <Input.Search key={`who ${who}`} allowClear aria-label={t('who')} placeholder={t('whoHint')} defaultValue={who ?? ''} style={{ width: 210 }} onSearch={(text) => address.set({ who: text.trim() || null })} />
          <Select allowClear aria-label={t('kind')} placeholder={t('kind')} value={kind} style={{ width: 150 }} options={changeKinds.map((code) => ({ value: code, label: words(`kind_${code}`) }))} onChange={(code?: string) => address.set({ kind: code ?? null, ...(code ? {} : { subject: null }) })} />
          <Input.Search key={`subject ${subject}`} allowClear disabled={!kind} inputMode="numeric" aria-label={t('subjectHint')} placeholder={t('subjectHint')} defaultValue={subject ?? ''} style={{ width: 150 }} onSearch={(text) => address.set({ subject: /^\d+$/.test(text.trim()) ? text.trim() : null })} />
          <DatePicker.RangePicker aria-label={t('dates')} allowEmpty={[true, true]} placeholder={[t('from'), t('to')]} maxDate={dayjs()} value={[from ? dayjs(from) : null, to ? dayjs(to) : null]} style={{ width: 250 }} onChange={(range) => address.set({ from: range?.[0]?.format('YYYY-MM-DD') ?? null, to: range?.[1]?.format('YYYY-MM-DD') ?? null })} />
        </>}
        columns={[
          { key: 'no', title: t('no'), width: 70, render: (_, one) => <span className="hub-number">{one.no}</span> },
          { key: 'at', title: t('at'), width: 188, render: (_, one) => formatInstant(one.at, language) },
          { key: 'who', title: t('who'), width: 140, render: (_, one) => one.actor.userId === 0 ? <><StatusTag>{t('job')}</StatusTag>{one.actor.onBehalfOf ? <div className="hub-small">{t('onBehalf', { id: one.actor.onBehalfOf })}</div> : null}</> : one.actor.name },
          { key: 'act', title: t('act'), width: 170, fixedChoice: true, render: (_, one) => <>{actName(one.act)}<div className="hub-small"><code>{one.act}</code></div></> },
          { key: 'subject', title: t('subject'), width: 150, render: (_, one) => <>{kindName(one.subject.kind)}{one.subject.id ? <span className="hub-small hub-number"> {one.subject.id}</span> : null}</> },
          { key: 'changed', title: t('things'), width: 100, render: (_, one) => one.changeCount ? t('changed', { count: one.changeCount }) : t('none') },
          { key: 'outcome', title: t('outcome'), width: 130, render: (_, one) => one.outcome === 'done' ? <StatusTag tone="good">{t('done')}</StatusTag> : <><StatusTag tone="bad">{t('refused')}</StatusTag><div className="hub-small">{one.refusal}</div></> },
          { key: 'address', title: t('address'), width: 120, render: (_, one) => <span className="hub-number">{one.address ?? t('none')}</span> },
          { key: 'trace', title: t('trace'), width: 300, optional: true, render: (_, one) => <code>{one.traceId}</code> },
        ]} />
      <AuditDrawer line={opened} title={opened ? `${t('entry', { no: opened.no })} · ${actName(opened.act)}` : ''} kindName={kindName} onClose={() => setOpened(null)} />
    </>
  )
}
