import { Button, Drawer, Empty, Select } from 'antd'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useCodeItems, useCodeName, useMeasures } from '../../api/catalog-queries'
import { type Filing, useEvidence, useRecordEvidence } from '../../api/filing-queries'
import { useMay } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ToneTag } from '../../components/tone-tag'
import { formatDay } from '../../lib/format'
import { today } from '../../lib/periods'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { scenarioTexts } from './scenario-texts'

const EnterpriseGrades = ['measured', 'financeConfirmed', 'thirdParty']

/** The evidence of one filing, and the place to record more. */
export function EvidenceDrawer({ filing, title, onClose }: { filing: Filing | null; title: string; onClose: () => void }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const codeName = useCodeName()
  const may = useMay()
  const query = useEvidence(filing?.id ?? null)
  const measures = useMeasures().data?.items
  const measureName = (code: string) => { const measure = measures?.find((one) => one.code === code); return measure ? nameOf(measure, language) : code }
  return (
    <Drawer open={filing !== null} onClose={onClose} size={560} title={`${t('evidence')}: ${title}`} destroyOnHidden>
      <PageState query={query} isEmpty={(data) => data.items.length === 0} empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noEvidence')} />}>
        {(data) => <ul className="hub-list">{data.items.map((one) => (
          <li key={one.id} className="hub-line hub-line-top"><div style={{ minWidth: 0 }}><a href={`/api/v1/evidence/${one.id}/file`} download>{one.fileName}</a> <ToneTag tone="primary">{codeName('grade', one.grade)}</ToneTag> {one.withdrawn ? <ToneTag tone="bad">{t('withdrawnEvidence')}</ToneTag> : null}
            <div>{one.proves}</div><div className="hub-small">{one.measures.map(measureName).join('、')} · {one.confirmedByName} · {one.confirmedByOffice} · {formatDay(one.confirmedOn, language)}</div></div></li>
        ))}</ul>}
      </PageState>
      {filing?.id && may('evidence.write') ? <Record filing={filing.id} codes={filing.figures.filter((figure) => figure.state === 'reported').map((figure) => figure.measure)} measureName={measureName} /> : null}
    </Drawer>
  )
}

function Record({ filing, codes, measureName }: { filing: number; codes: string[]; measureName: (code: string) => string }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const grades = useCodeItems('grade').filter((grade) => EnterpriseGrades.includes(grade.code))
  const record = useRecordEvidence(filing)
  const form = useRef<HTMLFormElement>(null)
  const [covers, setCovers] = useState<string[]>([])
  const [incomplete, setIncomplete] = useState(false)
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!form.current) return
    const body = new FormData(form.current)
    body.set('measures', covers.join(','))
    const file = body.get('file')
    const whole = covers.length > 0 && file instanceof File && file.size > 0 && ['proves', 'confirmedByName', 'confirmedByOffice', 'confirmedOn'].every((name) => body.get(name))
    setIncomplete(!whole)
    if (whole) record.mutate(body, { onSuccess: () => { notify('success', t('evidenceSaved')); form.current?.reset(); setCovers([]) } })
  }
  return (
    <form ref={form} onSubmit={send} noValidate className="hub-grid" style={{ gap: 12, marginBlockStart: 24 }}>
      <h3 className="hub-subheading ant-typography">{t('evidenceTitle')}</h3>
      <div className="hub-small">{t('evidenceHint')}</div>
      {record.error ? <ProblemAlert error={record.error} /> : null}
      <label className="hub-field"><span>{t('file')}</span><input name="file" type="file" accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg" className="hub-native" /></label>
      <div className="hub-field"><span>{t('covers')}</span><Select mode="multiple" aria-label={t('covers')} value={covers} onChange={setCovers} options={codes.map((code) => ({ value: code, label: measureName(code) }))} /></div>
      <label className="hub-field"><span>{t('grade')}</span><select name="grade" className="hub-native">{grades.map((grade) => <option key={grade.code} value={grade.code}>{nameOf(grade, language)}</option>)}</select></label>
      <label className="hub-field"><span>{t('proves')}</span><textarea name="proves" rows={2} maxLength={500} className="hub-native" /></label>
      <label className="hub-field"><span>{t('confirmedBy')}</span><input name="confirmedByName" maxLength={100} className="hub-native" /></label>
      <label className="hub-field"><span>{t('confirmedOffice')}</span><input name="confirmedByOffice" maxLength={200} className="hub-native" /></label>
      <label className="hub-field"><span>{t('confirmedOn')}</span><input name="confirmedOn" type="date" defaultValue={today()} className="hub-native" /></label>
      {incomplete ? <div className="hub-wrong" role="alert">{t('selectFile')}</div> : null}
      <div><Button type="primary" htmlType="submit" loading={record.isPending}>{t('upload')}</Button></div>
    </form>
  )
}
