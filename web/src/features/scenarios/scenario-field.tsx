import { Select } from 'antd'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useCodeItems, useIndustries, useKeyActions, useRegions } from '../../api/catalog-queries'
import { useOrganizationSearch } from '../../api/organization-queries'
import { useSession } from '../../api/session-queries'
import { type Decimal, decimalText, group, parseDecimal, shift } from '../../lib/decimal'
import { type MoneyUnit, moneyPowers, moneyUnitNames, moneyUnits } from '../../lib/money-unit'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import type { Field } from './form-model'
import { scenarioTexts } from './scenario-texts'

type Control = { field: Field; value: unknown; onChange: (value: unknown) => void; id: string; invalid: boolean; describedBy: string }
const LongText = 80
const LongList = 12

/** One field of the dictionary: its name, the control its type asks for, and beside it what is meant. */
export function ScenarioField({ field, value, required, error, onChange, below }: { field: Field; value: unknown; required: boolean; error: string | undefined; onChange: (value: unknown) => void; below?: ReactNode }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const id = `input-${field.json}`
  const control = { field, value, onChange, id, invalid: error !== undefined, describedBy: `about-${field.json}` }
  const limit = field.type === 'text' && field.maxLength ? field.maxLength : null
  return (
    <div className="hub-form-row" id={`field/${field.json}`}>
      <div className="hub-form-control">
        <label htmlFor={id}>{nameOf(field, language)}{required ? <span className="hub-required"> *<span className="hub-hidden">{t('required')}</span></span> : null}</label>
        <FieldControl {...control} />
        <div className="hub-form-below">{error ? <span className="hub-wrong" role="alert">{error}</span> : <span />}{limit && typeof value === 'string' && value.length > limit * 0.7 ? <span className="hub-small">{value.length} / {limit}</span> : null}</div>
        {below}
      </div>
      <div className="hub-small hub-form-help" id={control.describedBy}>{pick({ zh: field.descZh, en: field.descEn }, language)}{field.note && language === 'zh-CN' ? <div>{field.note}</div> : null}</div>
    </div>
  )
}

function FieldControl(control: Control) {
  const { field } = control
  switch (field.type) {
    case 'money': return <MoneyControl {...control} />
    case 'decimal': case 'integer': return <NumberControl {...control} />
    case 'bool': return <BoolControl {...control} />
    case 'score': return <ScoreControl {...control} />
    case 'date': return <input type="date" className="hub-native" {...common(control)} value={text(control.value)} onChange={(event) => control.onChange(event.target.value || null)} />
    case 'month': return <input type="month" className="hub-native" {...common(control)} value={text(control.value)} onChange={(event) => control.onChange(event.target.value || null)} />
    case 'list': return <ListControl {...control} />
    case 'enum': case 'multi': return <CodeControl {...control} />
    case 'ref': return field.codeList === 'organization' ? <OrganizationControl {...control} /> : <CatalogControl {...control} />
    default: return (field.maxLength ?? 0) > LongText
      ? <textarea className="hub-native" rows={3} {...common(control)} maxLength={field.maxLength ?? undefined} value={text(control.value)} onChange={(event) => control.onChange(event.target.value)} />
      : <input className="hub-native" autoComplete="off" {...common(control)} maxLength={field.maxLength ?? undefined} value={text(control.value)} onChange={(event) => control.onChange(event.target.value)} />
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function common({ id, invalid, describedBy }: Control) {
  return { id, 'aria-invalid': invalid, 'aria-describedby': describedBy }
}

function numberText(value: unknown): string {
  return typeof value === 'number' || (typeof value === 'object' && value !== null) ? decimalText(value as Decimal) : ''
}

/** Typed as people write it, kept as a number; what is no number stays to be put right and is not sent. */
function NumberControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && typed.trim() !== '' && parseDecimal(typed) === null
  return (
    <>
      <input className="hub-native" inputMode="decimal" autoComplete="off" {...common(control)} aria-invalid={wrong || control.invalid} value={typed ?? numberText(control.value)}
        onChange={(event) => { setTyped(event.target.value); const number = parseDecimal(event.target.value); if (number !== null || event.target.value.trim() === '') control.onChange(number) }} onBlur={() => { if (!wrong) setTyped(null) }} />
      {wrong ? <span className="hub-wrong" role="alert">{t('notNumber')}</span> : null}
    </>
  )
}

/** Kept in yuan whatever it is typed in; a unit that is typed along (1.2亿) counts. */
function MoneyControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const [unit, setUnit] = useState<MoneyUnit>('wan')
  const [typed, setTyped] = useState<string | null>(null)
  const read = (from: string): Decimal | null => {
    const match = /^(.*?)(万|亿)?(元)?$/u.exec(from.normalize('NFKC').trim())
    const number = parseDecimal(match?.[1] ?? '')
    const powers = match?.[2] === '万' ? 4 : match?.[2] === '亿' ? 8 : match?.[3] ? 0 : -moneyPowers[unit]
    return number === null ? null : parseDecimal(shift(decimalText(number), powers))
  }
  const wrong = typed !== null && typed.trim() !== '' && read(typed) === null
  const stands = numberText(control.value)
  return (
    <>
      <div className="hub-with-unit">
        <input className="hub-native hub-number" inputMode="decimal" autoComplete="off" {...common(control)} aria-invalid={wrong || control.invalid} value={typed ?? (stands ? group(shift(stands, moneyPowers[unit]), 10, true).replace('−', '-') : '')}
          onChange={(event) => { setTyped(event.target.value); const number = read(event.target.value); if (number !== null || event.target.value.trim() === '') control.onChange(number) }} onBlur={() => { if (!wrong) setTyped(null) }} />
        <select className="hub-native" aria-label={t('unit', { field: nameOf(control.field, language) })} value={unit} onChange={(event) => { setTyped(null); setUnit(event.target.value as MoneyUnit) }}>{moneyUnits.map((one) => <option key={one} value={one}>{pick(moneyUnitNames[one], language)}</option>)}</select>
      </div>
      {wrong ? <span className="hub-wrong" role="alert">{t('notNumber')}</span> : null}
    </>
  )
}

function BoolControl(control: Control) {
  const t = useTexts(scenarioTexts)
  return (
    <select className="hub-native" {...common(control)} value={control.value === true ? 'yes' : control.value === false ? 'no' : ''} onChange={(event) => control.onChange(event.target.value === '' ? null : event.target.value === 'yes')}>
      <option value="">{t('choose')}</option><option value="yes">{t('yes')}</option><option value="no">{t('no')}</option>
    </select>
  )
}

function ScoreControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const top = Number(control.field.max ?? 5)
  return (
    <select className="hub-native" {...common(control)} value={text(control.value)} onChange={(event) => control.onChange(event.target.value === '' ? null : Number(event.target.value))}>
      <option value="">{t('choose')}</option>
      {Array.from({ length: top + 1 }, (_, score) => <option key={score} value={score}>{score}</option>)}
    </select>
  )
}

function ListControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const [typed, setTyped] = useState<string | null>(null)
  const lines = Array.isArray(control.value) ? (control.value as string[]).join('\n') : ''
  return <textarea className="hub-native" rows={2} placeholder={t('listHint')} {...common(control)} value={typed ?? lines} onBlur={() => setTyped(null)}
    onChange={(event) => { setTyped(event.target.value); control.onChange(event.target.value.split('\n').map((line) => line.trim()).filter(Boolean)) }} />
}

function CodeControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const items = useCodeItems(control.field.codeList ?? '')
  if (control.field.type === 'multi') {
    return <Select id={control.id} mode="multiple" aria-label={nameOf(control.field, language)} placeholder={t('choose')} style={{ width: '100%' }} {...(control.invalid ? { status: 'error' as const } : {})} showSearch={{ optionFilterProp: 'label' }} value={(control.value as string[] | null) ?? []} onChange={(value: string[]) => control.onChange(value)} options={items.map((item) => ({ value: item.code, label: nameOf(item, language) }))} />
  }
  return <Choice control={control} options={items.map((item) => ({ value: item.code, label: nameOf(item, language) }))} />
}

function CatalogControl(control: Control) {
  const language = useLanguage()
  const [industries, regions, keyActions] = [useIndustries(), useRegions(), useKeyActions()]
  const list = control.field.codeList
  const options = list === 'industry' ? (industries.data?.items ?? []).filter((item) => item.isDivision).map((item) => ({ value: item.code, label: `${item.code} ${nameOf(item, language)}` }))
    : list === 'region' ? (regions.data?.items ?? []).map((item) => ({ value: item.code, label: nameOf(item, language) }))
      : (keyActions.data?.items ?? []).map((item) => ({ value: item.code, label: nameOf(item, language) }))
  return <Choice control={control} options={options} />
}

/** A few are chosen from, many are searched. */
function Choice({ control, options }: { control: Control; options: { value: string; label: string }[] }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  if (options.length > LongList) {
    return <Select id={control.id} showSearch={{ optionFilterProp: 'label' }} allowClear aria-label={nameOf(control.field, language)} placeholder={t('choose')} style={{ width: '100%' }} {...(control.invalid ? { status: 'error' as const } : {})} value={(control.value as string | null) ?? null} onChange={(value: string | undefined) => control.onChange(value ?? null)} options={options} />
  }
  return (
    <select className="hub-native" {...common(control)} value={text(control.value)} onChange={(event) => control.onChange(event.target.value || null)}>
      <option value="">{t('choose')}</option>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  )
}

function OrganizationControl(control: Control) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const session = useSession()
  const [typed, setTyped] = useState('')
  const found = useOrganizationSearch(useDeferredValue(typed.trim()))
  const options = (found.data?.items ?? []).map((item) => ({ value: item.id, label: item.name }))
  if (!typed && !options.some((option) => option.value === session.organization.id)) options.unshift({ value: session.organization.id, label: session.organization.name })
  return <Select id={control.id} showSearch={{ filterOption: false, onSearch: setTyped }} aria-label={nameOf(control.field, language)} placeholder={t('searchOrganization')} style={{ width: '100%' }} value={(control.value as number | null) ?? null} onChange={(value: number) => control.onChange(value)} options={options} />
}
