import { Checkbox } from 'antd'
import { useState } from 'react'
import { useCodeItems, useCodeName, useFields, useIndustries, useKeyActions, useMeasures, useRegions } from '../../api/catalog-queries'
import type { Scenario, ScenarioMeasure } from '../../api/scenario-queries'
import { Amount } from '../../components/amount'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { PageState } from '../../components/page-state'
import { type Decimal, decimalText } from '../../lib/decimal'
import { formatDay } from '../../lib/format'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { type Field, formFields, isEmpty, isShown, type Values } from './form-model'
import { scenarioTexts } from './scenario-texts'

/** The register's content, group by group as in the form. */
export function ScenarioRegister({ scenario }: { scenario: Scenario }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const query = useFields()
  const stages = useCodeItems('stage').map((stage) => stage.code)
  const measures = useMeasures().data?.items
  const show = useShown(scenario)
  const [all, setAll] = useState(false)
  const values = scenario as unknown as Values
  return (
    <PageState query={query}>
      {(data) => {
        const fields = formFields(data.items).filter((field) => !isEmpty(values[field.json]) || (all && isShown(field, values, stages)))
        return (
          <div className="hub-grid">
            <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}><Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>{t('allFields')}</Checkbox><MoneyUnitSwitch /></div>
            {[...new Set(fields.map((field) => field.group))].map((group) => (
              <section key={group} className="hub-panel" aria-label={group}>
                <h2 className="hub-subheading ant-typography">{pick({ zh: group, en: fields.find((field) => field.group === group)?.groupEn ?? group }, language)}</h2>
                <dl className="hub-register">{fields.filter((field) => field.group === group).map((field) => <div key={field.json} data-wide={(field.maxLength ?? 0) > 80 || undefined}><dt>{nameOf(field, language)}</dt><dd>{isEmpty(values[field.json]) ? <span className="hub-small">{t('noValue')}</span> : show(field, values[field.json])}</dd></div>)}</dl>
              </section>
            ))}
            {scenario.measures?.length ? (
              <section className="hub-panel" aria-label={t('measures')}>
                <h2 className="hub-subheading ant-typography">{t('measures')}</h2>
                <dl className="hub-register">{scenario.measures.map((one) => { const measure = measures?.find((known) => known.code === one.measure); return <div key={one.measure}><dt>{measure ? nameOf(measure, language) : one.measure}</dt><dd>{fromTo(one, measure ? pick({ zh: measure.unitZh, en: measure.unitEn }, language) : '') || <span className="hub-small">{t('noValue')}</span>}</dd></div> })}</dl>
              </section>
            ) : null}
          </div>
        )
      }}
    </PageState>
  )
}

function fromTo(one: ScenarioMeasure, unit: string): string {
  const side = (value: unknown, when: string | null | undefined) => (isEmpty(value) ? '' : `${decimalText(value as Decimal)} ${unit}${when ? ` (${when})` : ''}`)
  return [side(one.baseline, one.baselinePeriod), side(one.target, one.targetOn)].filter(Boolean).join(' → ')
}

function useShown(scenario: Scenario) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const codeName = useCodeName()
  const [industries, regions, keyActions] = [useIndustries().data?.items, useRegions().data?.items, useKeyActions().data?.items]
  const named = (items: readonly { code: string; nameZh: string; nameEn: string }[] | undefined, code: unknown) => { const item = items?.find((one) => one.code === code); return item ? nameOf(item, language) : String(code) }
  return (field: Field, value: unknown) => {
    switch (field.type) {
      case 'money': return <Amount value={value as Decimal} unit="CNY" />
      case 'enum': return codeName(field.codeList ?? '', value as string)
      case 'multi': return (value as string[]).map((code) => codeName(field.codeList ?? '', code)).join('、')
      case 'list': return <ul style={{ margin: 0, paddingInlineStart: 18 }}>{(value as string[]).map((line, index) => <li key={index}>{line}</li>)}</ul>
      case 'bool': return value === true ? t('yes') : t('no')
      case 'date': return formatDay(value as string, language)
      case 'decimal': case 'integer': case 'score': return decimalText(value as Decimal)
      case 'ref': return field.codeList === 'industry' ? named(industries, value) : field.codeList === 'region' ? named(regions, value) : field.codeList === 'keyAction' ? named(keyActions, value) : scenario.organizationName
      default: return String(value)
    }
  }
}
