import { type Measure, useFields, useMeasures } from '../../api/catalog-queries'
import type { ImportSettings } from '../../api/import-queries'
import { type Language, nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { plainHeader } from './file-headers'
import { importTexts } from './import-texts'

/** What a column of a file can be. */
export type ColumnChoice = { key: string; name: string; group: string; names: string[]; /** Given by the system: known, so that an exported table can come back, and not read. */ given: boolean; units: { value: string; label: string; /** In both languages, as a heading may write it. */ names: string[] }[] }

/** Properties of a figure that are a column of their own where a row is one figure. */
const FigureFields = ['measure', 'value', 'numerator', 'denominator', 'unit', 'state', 'grade', 'baseline', 'target', 'note', 'attribution', 'attributionReason', 'labourHours', 'sameHoursAs']

/** What the columns of this kind of file can be, in the order of the form; empty until the catalog is there. */
export function useColumnChoices(kind: ImportSettings['kind']): ColumnChoice[] {
  const t = useTexts(importTexts)
  const language = useLanguage()
  const fields = useFields().data?.items
  const measures = useMeasures().data?.items
  if (!fields || !measures) return []
  const [unitZh, unitEn] = [unitNames(measures, 'zh-CN'), unitNames(measures, 'en-US')]
  const choice = (key: string, item: { nameZh: string; nameEn: string }, group: string, units: string[] = [], also: string[] = [], given = false): ColumnChoice =>
    ({ key, name: nameOf(item, language), group, given, names: [key, item.nameZh, item.nameEn, ...also].map(plainHeader), units: units.map((code) => ({ value: code, label: (language === 'en-US' ? unitEn : unitZh)(code), names: [unitZh(code), unitEn(code), code].flatMap((name) => [`(${name})`, `（${name}）`, `[${name}]`, `/${name}`]) })) })
  const own = (key: string, zh: string, en: string) => choice(key, { nameZh: zh, nameEn: en }, t('groupRow'))
  if (kind === 'scenarios') {
    return [
      own('externalKey', '外部键', 'External key'),
      ...fields.filter((field) => field.storage !== 'figures')
        .map((field) => choice(field.json, field, language === 'en-US' ? field.groupEn : field.group, measures.find((measure) => measure.unit === field.unit)?.acceptedUnits ?? (field.unit ? [field.unit] : []), [field.code], field.code !== 'scn_code' && (field.storage === 'system' || field.required === 'system'))),
      own('measures', '填报指标', 'Measures filed'),
    ]
  }
  return [
    own('scenario', '场景编号', 'Scenario code'),
    choice('scenarioName', { nameZh: '场景名称', nameEn: 'Scenario name' }, t('groupRow'), [], [], true),
    choice('organization', { nameZh: '申报单位', nameEn: 'Applicant organisation' }, t('groupRow'), [], [], true),
    ...fields.filter((field) => field.json === 'period').map((field) => choice('period', field, t('groupRow'), [], [field.code])),
    own('externalKey', '外部键', 'External key'),
    own('reason', '订正原因', 'Reason of the correction'),
    ...measures.filter((measure) => measure.filed).flatMap((measure) => measure.numerator && measure.denominator
      ? ([['numerator', measure.numerator], ['denominator', measure.denominator]] as const).map(([part, of]) =>
          choice(`${measure.code}/${part}`, { nameZh: `${measure.nameZh} · ${of.nameZh}`, nameEn: `${measure.nameEn} – ${of.nameEn}` }, t('groupMeasures'), of.acceptedUnits, [measure.nameZh + (part === 'numerator' ? '分子' : '分母'), measure.nameEn + part, `${measure.nameZh}${part === 'numerator' ? '分子' : '分母'}${of.nameZh}`, `${measure.nameEn}${part}${of.nameEn}`]))
      : [choice(measure.code, measure, t('groupMeasures'), measure.acceptedUnits)]),
    ...FigureFields.flatMap((json) => fields.filter((field) => field.json === json)).map((field) => choice(field.json, field, t('groupFigure'), [], [field.code])),
    choice('numeratorUnit', { nameZh: '分子单位', nameEn: 'Numerator unit' }, t('groupFigure')),
    choice('denominatorUnit', { nameZh: '分母单位', nameEn: 'Denominator unit' }, t('groupFigure')),
  ]
}

/** The choice a heading names by itself, in either language, with a star, or with its unit in brackets; the server knows more names than these. */
export function choiceNamed(choices: readonly ColumnChoice[], header: string): ColumnChoice | undefined {
  for (const line of [header, ...header.split('\n')]) {
    for (const text of [line, line.replace(/\s*[(（[【](?:[^()（）]|[(（][^()（）]*[)）])*[)）\]】]\s*\*?$/u, '')]) {
      const found = choices.find((choice) => choice.names.includes(plainHeader(text)))
      if (found) return found
    }
  }
  return undefined
}

function unitNames(measures: readonly Measure[], language: Language): (code: string) => string {
  const own = new Map(measures.map((measure) => [measure.unit, pick({ zh: measure.unitZh, en: measure.unitEn }, language)]))
  return (code) => {
    const [, base = '', size = ''] = /^(.+?)_?(10K|100M)$/.exec(code) ?? []
    const name = own.get(base)
    if (!name) return own.get(code) ?? code
    return pick(size === '10K' ? { zh: `万${name}`, en: `10,000 ${name}` } : { zh: `亿${name}`, en: `100 million ${name}` }, language)
  }
}
