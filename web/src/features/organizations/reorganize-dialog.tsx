import { ArrowRightOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Flex, Form, Input, Modal, Result } from 'antd'
import dayjs from 'dayjs'
import { useId, useState } from 'react'
import { useOrganization, type Organization } from '../../api/organization-queries'
import { usePreviewReorganization, useReorganize, type Reorganization, type Reorganized, type SplitPart } from '../../api/organization-tree-queries'
import { FormField } from '../../components/form-field'
import { OrganizationInput } from '../../components/organization-input'
import { ProblemAlert } from '../../components/problem-alert'
import { formatCount, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { organizationTexts } from './organization-texts'
import { SplitParts } from './split-parts'

type Values = { other?: number | null; effectiveOn: dayjs.Dayjs; note?: string; parts?: SplitPart[]; closes?: boolean }

/** Move, merge or split in three steps: what is wanted, what it would change (as the server reckons it, nothing written), what it changed. */
export function ReorganizeDialog({ act, organization, parent, onClose }: { act: Reorganization['act']; organization: Organization; parent: Organization | null; onClose: () => void }) {
  const t = useTexts(organizationTexts)
  const id = `reorganize-${useId().replace(/\W/g, '')}`
  const preview = usePreviewReorganization()
  const reorganize = useReorganize()
  const [what, setWhat] = useState<Reorganization | null>(null)
  const step = reorganize.isSuccess ? 'done' : what && preview.isSuccess ? 'preview' : 'form'
  const ask = (values: Values) => {
    const base = { effectiveOn: values.effectiveOn.format('YYYY-MM-DD'), note: values.note?.trim() || null }
    const wanted: Reorganization = act === 'move' ? { act, body: { ...base, to: values.other ?? 0 } } : act === 'merge' ? { act, body: { ...base, into: values.other ?? 0 } }
      : { act, body: { ...base, closes: values.closes ?? false, parts: (values.parts ?? []).map((part) => ({ ...part, creditCode: part.creditCode?.trim() || null, nameEn: part.nameEn?.trim() || null })) } }
    setWhat(wanted)
    preview.mutate({ id: organization.id, what: wanted })
  }
  const back = () => { preview.reset(); reorganize.reset(); setWhat(null) }
  const footer = step === 'done' ? <Button type="primary" onClick={onClose}>{t('close')}</Button>
    : step === 'preview' ? <><Button onClick={back}>{t('back')}</Button><Button type="primary" danger={act !== 'move'} loading={reorganize.isPending} onClick={() => { if (what) reorganize.mutate({ id: organization.id, what }) }}>{t(`confirm_${act}`)}</Button></>
      : <Button type="primary" htmlType="submit" form={id} loading={preview.isPending}>{t('preview')}</Button>
  return (
    <Modal open title={t(`${act}Title`, { name: organization.name })} width={act === 'split' ? 820 : 640} onCancel={onClose} mask={{ closable: false }} footer={footer}>
      {preview.error ? <ProblemAlert error={preview.error} /> : null}
      {reorganize.error ? <ProblemAlert error={reorganize.error} /> : null}
      {step === 'done' && preview.data ? <><Result status="success" title={t(`done_${act}`)} subTitle={t('effectDone')} style={{ paddingBlock: 16 }} /><Counts effect={preview.data} /></> : null}
      {step === 'preview' && preview.data && what ? <Effect organization={organization} parent={parent} what={what} effect={preview.data} /> : null}
      <div hidden={step !== 'form'}>
        <p>{t(`${act}About`)}</p>
        <Form<Values> id={id} name={id} layout="vertical" initialValues={{ effectiveOn: dayjs(), ...(act === 'split' ? { parts: [{ kind: organization.kind }] } : {}) }} onFinish={ask} scrollToFirstError>
          {act === 'split' ? <SplitParts organization={organization} /> : <FormField name="other" pointer={act === 'move' ? 'to' : 'into'} label={act === 'move' ? t('to') : t('into')} required><OrganizationInput label={act === 'move' ? t('to') : t('into')} width={592} /></FormField>}
          <FormField name="effectiveOn" label={t('effectiveOn')} required extra={t('effectiveHint')}><DatePicker allowClear={false} maxDate={dayjs()} style={{ width: 220 }} /></FormField>
          <FormField name="note" label={t('note')} extra={t('noteHint')}><Input maxLength={500} /></FormField>
        </Form>
      </div>
    </Modal>
  )
}

function Effect({ organization, parent, what, effect }: { organization: Organization; parent: Organization | null; what: Reorganization; effect: Reorganized }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const other = useOrganization(what.act === 'move' ? what.body.to : what.act === 'merge' ? what.body.into : null).data
  const after = what.act === 'split' ? <>{what.body.parts.map((part) => <div key={part.name}>{part.name}</div>)}<div className="hub-small">{t('newOnes', { count: what.body.parts.length })}{what.body.closes ? ` · ${organization.name} ${t('ends')}` : ''}</div></>
    : <><div>{what.act === 'move' ? <><div>{other?.name} /</div><strong>{organization.name}</strong></> : <strong>{other?.name}</strong>}</div>{what.act === 'merge' ? <div className="hub-small">{organization.name} {t('ends')}</div> : null}</>
  return (
    <Flex vertical gap={16}>
      <Alert type="info" showIcon title={t('effect')} />
      <div className="hub-before-after">
        <div><div className="hub-small">{t('before')}</div><div>{parent && what.act !== 'merge' ? <div>{parent.name} /</div> : null}<strong>{organization.name}</strong></div></div>
        <ArrowRightOutlined aria-hidden />
        <div><div className="hub-small">{t('after')} · {t('since', { month: formatPeriod(what.body.effectiveOn.slice(0, 7), language) })}</div>{after}</div>
      </div>
      <div style={{ marginBlockEnd: 16 }}><Counts effect={effect} /></div>
    </Flex>
  )
}

function Counts({ effect }: { effect: Reorganized }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const months = effect.firstPeriod && effect.lastPeriod ? effect.firstPeriod === effect.lastPeriod ? formatPeriod(effect.firstPeriod, language) : `${formatPeriod(effect.firstPeriod, language)} – ${formatPeriod(effect.lastPeriod, language)}` : t('noPeriods')
  return (
    <dl className="hub-counts">
      {([[t('nOrganizations'), formatCount(effect.organizations)], [t('nScenarios'), formatCount(effect.scenarios)], [t('nFilings'), formatCount(effect.filings)], [t('periods'), months]] as const).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}
