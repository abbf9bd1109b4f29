import { Alert, Button, DatePicker, Flex } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useParams } from 'react-router'
import { asProblem } from '../../api/problem'
import { usePublishRuleSet, useRehearse, useReviseRuleSet, useRuleSet, type RuleChange, type RuleSet } from '../../api/rule-queries'
import { useMay } from '../../api/session-queries'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { StaleDialog } from '../../components/stale-dialog'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { decimalText } from '../../lib/decimal'
import { formatDay, formatInstant } from '../../lib/format'
import { addMonths, lastFullMonth, today } from '../../lib/periods'
import { useLanguage, useTexts } from '../../lib/texts'
import { RehearsalPanel } from './rehearsal-panel'
import { RuleTable } from './rule-table'
import { ruleTexts } from './rule-texts'

type Changes = Readonly<Record<string, RuleChange>>

export default function RuleSetPage() {
  const id = Number(useParams()['id'])
  return <PageState query={useRuleSet(id)}>{(set) => <One set={set} />}</PageState>
}

function One({ set }: { set: RuleSet }) {
  const t = useTexts(ruleTexts)
  const language = useLanguage()
  const may = useMay()('rule.manage')
  const address = useAddress()
  const revise = useReviseRuleSet()
  const publish = usePublishRuleSet()
  const rehearse = useRehearse()
  const current = useRuleSet(set.id)
  const [changes, setChanges] = useState<Changes>({})
  const [open, setOpen] = useState<'publish' | 'rehearse' | null>(null)
  const draft = set.state === 'draft'
  const count = Object.keys(changes).length
  const rehearsal = Number(address.get('rehearsal')) || null
  const change = (rule: string, next: RuleChange) => setChanges((before) => ({ ...before, [rule]: { ...before[rule], ...next, ...(next.parameters ? { parameters: { ...before[rule]?.parameters, ...next.parameters } } : {}) } }))
  const save = (version: number) => revise.mutate({ id: set.id, version, changes: { rules: changes } }, { onSuccess: () => { setChanges({}); notify('success', t('saved')) } })
  const close = () => { publish.reset(); rehearse.reset(); setOpen(null) }
  const stale = revise.error && asProblem(revise.error).isStale ? asProblem(revise.error) : null
  const text = (one: RuleChange) => [one.severity ?? '', one.enabled === undefined || one.enabled === null ? '' : one.enabled ? t('enabled') : t('off'), ...Object.entries(one.parameters ?? {}).map(([name, value]) => `${name}=${decimalText(value)}`)].filter(Boolean).join(', ')
  const last = lastFullMonth()
  return (
    <>
      <PageHeader title={t('setTitle', { no: set.number })} about={set.note ?? undefined} actions={may ? <><Button disabled={count > 0} onClick={() => setOpen('rehearse')}>{t('rehearse')}</Button>{draft ? <Button type="primary" disabled={count > 0} onClick={() => setOpen('publish')}>{t('publish')}</Button> : null}</> : null} />
      <Flex gap={16} wrap align="center" style={{ marginBlockEnd: 16 }}>
        <span>{draft ? <StatusTag tone="info">{t('state_draft')}</StatusTag> : <StatusTag>{t('state_published')}</StatusTag>}{set.inForce ? <StatusTag tone="good">{t('inForce')}</StatusTag> : null}</span>
        {set.effectiveOn ? <span>{t('effectiveOn')}: <strong>{formatDay(set.effectiveOn, language)}</strong></span> : null}
        <span className="hub-small">{t('created')}: {t('by', { who: set.createdByName ?? '', at: formatInstant(set.createdAt, language) })}</span>
        {set.publishedAt ? <span className="hub-small">{t('published')}: {t('by', { who: set.publishedByName ?? '', at: formatInstant(set.publishedAt, language) })}</span> : null}
      </Flex>
      {rehearsal ? <RehearsalPanel id={rehearsal} onClose={() => address.set({ rehearsal: null })} /> : null}
      {revise.error && !stale ? <ProblemAlert error={revise.error} /> : null}
      {count > 0 ? <Alert type="info" showIcon style={{ marginBlockEnd: 16, position: 'sticky', top: 64, zIndex: 5 }} title={t('unsaved', { count })} action={<Flex gap={8}><Button size="small" onClick={() => setChanges({})}>{t('discard')}</Button><Button size="small" type="primary" loading={revise.isPending} onClick={() => save(set.version)}>{t('save')}</Button></Flex>} /> : null}
      <div className="hub-panel"><RuleTable rules={set.rules} changes={changes} {...(draft && may ? { onChange: change } : {})} /></div>
      <FormDialog<{ effectiveOn: dayjs.Dayjs }> open={open === 'publish'} title={t('publishTitle', { no: set.number })} about={t('publishAbout')} confirm={t('publish')} pending={publish.isPending} error={publish.error} initial={{ effectiveOn: dayjs(today()) }} onCancel={close}
        onSubmit={({ effectiveOn }) => publish.mutate({ id: set.id, version: set.version, effectiveOn: effectiveOn.format('YYYY-MM-DD') }, { onSuccess: () => { notify('success', t('publishedDone')); close() } })}>
        <FormField name="effectiveOn" label={t('effectiveOn')} required extra={t('publishHint')}><DatePicker allowClear={false} minDate={dayjs(today())} style={{ width: 220 }} /></FormField>
      </FormDialog>
      <FormDialog<{ months: [dayjs.Dayjs, dayjs.Dayjs] }> open={open === 'rehearse'} title={t('rehearseTitle', { no: set.number })} about={t('rehearseAbout')} confirm={t('start')} pending={rehearse.isPending} error={rehearse.error} initial={{ months: [dayjs(addMonths(last, -2)), dayjs(last)] }} onCancel={close}
        onSubmit={({ months }) => rehearse.mutate({ id: set.id, from: months[0].format('YYYY-MM'), to: months[1].format('YYYY-MM') }, { onSuccess: (view) => { close(); address.set({ rehearsal: String(view.id) }) } })}>
        <FormField name="months" label={t('months')} required><DatePicker.RangePicker picker="month" allowClear={false} maxDate={dayjs(last)} style={{ width: 280 }} /></FormField>
      </FormDialog>
      <StaleDialog open={stale !== null} version={stale?.currentVersion ?? 0} fields={Object.entries(changes).map(([rule, one]) => { const theirs = current.data?.rules.find((known) => known.id === rule); return { key: rule, label: rule, mine: text(one), theirs: theirs ? text({ severity: theirs.severity, enabled: theirs.enabled, parameters: Object.fromEntries(theirs.parameters.map((parameter) => [parameter.name, parameter.value])) }) : '' } })}
        onKeepMine={() => save(stale?.currentVersion ?? set.version)} onTakeTheirs={() => { void current.refetch(); setChanges({}); revise.reset() }} />
    </>
  )
}
