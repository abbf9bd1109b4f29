import { Typography } from 'antd'
import { useCodeName, useFields, useIndustries, useKeyActions, useRegions, useSectors } from '../api/catalog-queries'
import { decimalText, type Decimal } from '../lib/decimal'
import { formatDay, formatNumber } from '../lib/format'
import { nameOf, useLanguage, useTexts } from '../lib/texts'
import { Amount } from './amount'
import { componentTexts } from './component-texts'

/** A value of the field dictionary, by the type the dictionary gives it. `field` is its name in the API. */
export function FieldValue({ field, value }: { field: string; value: unknown }) {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  const name = useCodeName()
  const known = useFields().data?.items.find((one) => one.json === field)
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <Typography.Text type="secondary">{t('notGiven')}</Typography.Text>
  if (typeof value === 'boolean') return <>{value ? t('yes') : t('no')}</>
  if (Array.isArray(value)) return <>{value.map((one) => known?.codeList ? name(known.codeList, String(one)) : plain(one)).join(language === 'zh-CN' ? '、' : ', ')}</>
  if (known?.type === 'money' && isDecimal(value)) return <Amount value={value} unit="CNY" />
  if ((known?.type === 'decimal' || known?.type === 'integer') && isDecimal(value)) return <>{formatNumber(value, 6)}</>
  if (known?.type === 'date' && typeof value === 'string') return <>{formatDay(value, language)}</>
  const OfCatalog = catalogs[field]
  if (OfCatalog && typeof value === 'string') return <OfCatalog code={value} />
  if (known?.codeList && typeof value === 'string') return <>{name(known.codeList, value)}</>
  return <span className="hub-long">{plain(value)}</span>
}

type Named = { code: string; nameZh: string; nameEn: string }
const catalogs: Record<string, (props: { code: string }) => string> = { sector: SectorName, keyAction: KeyActionName, region: RegionName, industryDivision: IndustryName }

function SectorName({ code }: { code: string }): string {
  return useNameIn(useSectors().data?.items, code)
}

function KeyActionName({ code }: { code: string }): string {
  return useNameIn(useKeyActions().data?.items, code)
}

function RegionName({ code }: { code: string }): string {
  return useNameIn(useRegions().data?.items, code)
}

function IndustryName({ code }: { code: string }): string {
  return `${code} ${useNameIn(useIndustries().data?.items, code)}`
}

function useNameIn(items: readonly Named[] | undefined, code: string): string {
  const language = useLanguage()
  const item = items?.find((one) => one.code === code)
  return item ? nameOf(item, language) : code
}

function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'number' || (typeof value === 'object' && value !== null && 'rawJSON' in value)
}

function plain(value: unknown): string {
  if (isDecimal(value)) return decimalText(value)
  if (typeof value === 'object' && value !== null) {
    const named = value as { name?: unknown; code?: unknown }
    if (typeof named.name === 'string') return named.name
    if (typeof named.code === 'string') return named.code
    return Object.values(value).filter((part) => part !== null && part !== undefined).map(plain).join(' ')
  }
  return String(value)
}
