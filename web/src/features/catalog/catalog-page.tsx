import { Empty, Input, Tabs } from 'antd'
import type { TableColumnsType } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import { useCodeLists, useCodeName, useFields, useIndustries, useMeasures, useSectors, type CodeItem, type Measure } from '../../api/catalog-queries'
import type { components } from '../../api/generated/schema'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { Highlighted } from '../../components/highlighted'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { decimalText } from '../../lib/decimal'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { catalogTexts, requiredKey } from './catalog-texts'

type Sector = components['schemas']['Sector']
type Industry = components['schemas']['Industry']
type Field = components['schemas']['FieldLine']
type Named = { code: string; nameZh: string; nameEn: string }
const views = ['measures', 'sectors', 'industries', 'fields', 'codes'] as const

/** The reference lists of this release, to be read. */
export default function CatalogPage() {
  const t = useTexts(catalogTexts)
  const language = useLanguage()
  const name = useCodeName()
  const address = useAddress()
  const view = views.find((known) => known === address.get('view')) ?? 'measures'
  const q = address.get('q') ?? ''
  const sectors = useSectors()
  const measures = useMeasures()
  const industries = useIndustries()
  const fields = useFields()
  const codes = useCodeLists()
  const yes = (value: boolean) => value ? t('yes') : t('no')
  const called = <T extends Named>(): TableColumnsType<T> => [
    { key: 'code', title: t('code'), width: 180, render: (_, one) => <code><Highlighted text={one.code} part={q} /></code> },
    { key: 'name', title: t('name'), width: 240, render: (_, one) => <><Highlighted text={nameOf(one, language)} part={q} /><div className="hub-small">{language === 'en-US' ? one.nameZh : one.nameEn}</div></> },
  ]
  const measureColumns: TableColumnsType<Measure> = [
    ...called<Measure>(),
    { key: 'group', title: t('group'), width: 130, render: (_, one) => name('measureGroup', one.group) },
    { key: 'kind', title: t('kind'), width: 110, render: (_, one) => name('measureKind', one.kind) },
    { key: 'unit', title: t('unit'), width: 100, render: (_, one) => language === 'en-US' ? one.unitEn : one.unitZh },
    { key: 'direction', title: t('direction'), width: 110, render: (_, one) => name('direction', one.direction) },
    { key: 'filed', title: t('filed'), width: 110, render: (_, one) => one.filed ? <StatusTag tone="info">{t('filed')}</StatusTag> : <StatusTag>{t('computed')}</StatusTag> },
    { key: 'rolledUp', title: t('rolledUp'), width: 90, render: (_, one) => yes(one.rolledUp) },
    { key: 'formula', title: t('formula'), width: 320, render: (_, one) => <span className="hub-small">{language === 'en-US' ? one.formulaEn : one.formulaZh}</span> },
  ]
  const sectorColumns: TableColumnsType<Sector> = [...called<Sector>(), { key: 'rolledUp', title: t('rolledUp'), width: 100, render: (_, one) => yes(one.rolledUp) }, { key: 'note', title: t('note'), dataIndex: 'note' }]
  const industryColumns: TableColumnsType<Industry> = [...called<Industry>(), { key: 'sector', title: t('sector'), render: (_, one) => { const sector = sectors.data?.items.find((known) => known.code === one.sector); return sector ? nameOf(sector, language) : '' } }]
  const fieldColumns: TableColumnsType<Field> = [
    ...called<Field>(),
    { key: 'group', title: t('group'), width: 150, render: (_, one) => language === 'en-US' ? one.groupEn : one.group },
    { key: 'type', title: t('type'), width: 100, render: (_, one) => <code>{one.type}</code> },
    { key: 'required', title: t('required'), width: 150, render: (_, one) => { const key = requiredKey(one.required); return <>{key ? t(key) : one.required}{one.requiredWhen ? <div><code className="hub-small">{one.requiredWhen}</code></div> : null}</> } },
    { key: 'limits', title: t('limits'), width: 150, render: (_, one) => <span className="hub-small">{limits(one)}</span> },
    { key: 'description', title: t('description'), width: 360, render: (_, one) => <span className="hub-small">{language === 'en-US' ? one.descEn : one.descZh}</span> },
  ]
  const codeColumns: TableColumnsType<CodeItem> = [{ key: 'list', title: t('list'), width: 180, render: (_, one) => <code>{one.list}</code> }, ...called<CodeItem>()]
  const items = [
    { key: 'measures', label: t('measures'), children: <List label={t('measures')} query={measures} columns={measureColumns} q={q} width={1300} /> },
    { key: 'sectors', label: t('sectors'), children: <List label={t('sectors')} query={sectors} columns={sectorColumns} q={q} /> },
    { key: 'industries', label: t('industries'), children: <List label={t('industries')} query={industries} columns={industryColumns} q={q} /> },
    { key: 'fields', label: t('fields'), children: <List label={t('fields')} query={fields} columns={fieldColumns} q={q} width={1300} /> },
    { key: 'codes', label: t('codes'), children: <List label={t('codes')} query={codes} columns={codeColumns} q={q} /> },
  ]
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={<Input.Search key={q} allowClear aria-label={t('find')} placeholder={t('find')} defaultValue={q} style={{ width: 260 }} onSearch={(text) => address.set({ q: text.trim() || null }, { replace: true })} />} />
      <Tabs activeKey={view} destroyOnHidden onChange={(next) => address.set({ view: next === 'measures' ? null : next })} items={items} />
    </>
  )
}

function List<T extends Named>({ label, query, columns, q, width = 800 }: { label: string; query: UseQueryResult<{ items: T[] }>; columns: TableColumnsType<T>; q: string; width?: number }) {
  const t = useTexts(catalogTexts)
  const wanted = q.trim().toLocaleLowerCase()
  return (
    <div className="hub-panel">
      <PageState query={query}>
        {({ items }) => {
          const found = wanted ? items.filter((one) => [one.code, one.nameZh, one.nameEn].some((text) => text.toLocaleLowerCase().includes(wanted))) : items
          return <>
            <ScrollTable<T> label={label} size="middle" rowKey={(one) => `${(one as { list?: string }).list ?? ''} ${one.code}`} dataSource={found} columns={columns} scroll={{ x: width }} locale={{ emptyText: <Empty description={t('noneFound')} /> }} pagination={found.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} />
            <div className="hub-small" style={{ marginBlockStart: 12 }}>{t('count', { count: found.length })}</div>
          </>
        }}
      </PageState>
    </div>
  )
}

function limits(field: Field): string {
  const range = field.min !== null || field.max !== null ? `${field.min === null ? '' : decimalText(field.min)} … ${field.max === null ? '' : decimalText(field.max)}` : field.maxLength !== null ? `${field.minLength ?? 0} … ${field.maxLength}` : ''
  return [range, field.unit ?? '', field.codeList ?? ''].filter(Boolean).join(' ')
}
