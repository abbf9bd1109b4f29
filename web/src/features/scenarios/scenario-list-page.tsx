import { DownloadOutlined, PlusOutlined, SendOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useCodeItems, useCodeName, useKeyActions, useRegions, useSectors } from '../../api/catalog-queries'
import { asProblem } from '../../api/problem'
import { type ScenarioLine, useScenarios, useScenarioStep } from '../../api/scenario-queries'
import { useMay } from '../../api/session-queries'
import { Amount } from '../../components/amount'
import { type DataColumn, DataTable } from '../../components/data-table'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { ToneTag } from '../../components/tone-tag'
import { useAddress } from '../../lib/address'
import { formatDay } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { SavedViews } from './saved-views'
import { scenarioTexts, stateKeys, stateTones } from './scenario-texts'

const filterNames = ['q', 'sector', 'stage', 'state', 'kind', 'keyAction', 'region'] as const

export default function ScenarioListPage() {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const codeName = useCodeName()
  const may = useMay()
  const navigate = useNavigate()
  const address = useAddress()
  const asked = Object.fromEntries(filterNames.map((name) => [name, address.get(name) ?? undefined])) as Record<(typeof filterNames)[number], string | undefined>
  const organization = Number(address.get('organization')) || undefined
  const query = useScenarios({ ...asked, organization, limit: 50, count: true })
  const [sectors, keyActions, regions, stages, kinds] = [useSectors(), useKeyActions(), useRegions(), useCodeItems('stage'), useCodeItems('scenarioKind')]
  const submit = useScenarioStep('submit')
  const [selected, setSelected] = useState<ScenarioLine[]>([])
  const [refused, setRefused] = useState<{ line: ScenarioLine; why: string }[] | null>(null)
  const [typed, setTyped] = useState(asked.q ?? '')
  const names = (items: readonly { code: string; nameZh: string; nameEn: string }[] | undefined) => new Map(items?.map((item) => [item.code, nameOf(item, language)]))
  const [sectorNames, actionNames, regionNames] = [names(sectors.data?.items), names(keyActions.data?.items), names(regions.data?.items)]
  const filter = (name: Exclude<(typeof filterNames)[number], 'q'>, options: { value: string; label: string }[], width: number) =>
    <Select key={name} aria-label={t(name)} placeholder={t(name)} allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width }} value={asked[name] ?? null} onChange={(value: string | undefined) => address.set({ [name]: value ?? null })} options={options} />
  const of = (map: Map<string, string>) => [...map].map(([value, label]) => ({ value, label }))
  const exported = (format: string) => `/api/v1/scenarios?${new URLSearchParams([...Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined), ...(organization ? [['organization', String(organization)]] : []), ['format', format]]).toString()}`

  const columns: DataColumn<ScenarioLine>[] = [
    { key: 'name', title: t('name'), fixedChoice: true, fixed: 'left', width: 280, render: (_, line) => <><Link to={`/scenarios/${line.id}`}>{line.name}</Link><div className="hub-small">{line.code}</div></> },
    { key: 'organization', title: t('organization'), width: 180, render: (_, line) => line.organizationName },
    { key: 'sector', title: t('sector'), width: 140, render: (_, line) => sectorNames.get(line.sector) ?? line.sector },
    { key: 'stage', title: t('stage'), width: 90, render: (_, line) => codeName('stage', line.stage) },
    { key: 'state', title: t('state'), width: 100, render: (_, line) => line.state in stateKeys ? <ToneTag tone={stateTones[line.state as keyof typeof stateTones]}>{t(stateKeys[line.state as keyof typeof stateKeys])}</ToneTag> : line.state },
    { key: 'capex', title: t('capex'), width: 140, align: 'right', render: (_, line) => line.capexTotalCny === null ? '—' : <Amount value={line.capexTotalCny} unit="CNY" /> },
    { key: 'opex', title: t('opex'), width: 140, align: 'right', optional: true, render: (_, line) => line.opexYearCny === null ? '—' : <Amount value={line.opexYearCny} unit="CNY" /> },
    { key: 'keyAction', title: t('keyAction'), width: 180, optional: true, render: (_, line) => actionNames.get(line.keyAction) ?? line.keyAction },
    { key: 'region', title: t('region'), width: 110, optional: true, render: (_, line) => regionNames.get(line.region) ?? line.region },
    { key: 'kind', title: t('kind'), width: 120, optional: true, render: (_, line) => codeName('scenarioKind', line.kind) },
    { key: 'businessDomain', title: t('businessDomain'), width: 120, optional: true, render: (_, line) => line.businessDomain ? codeName('businessDomain', line.businessDomain) : '—' },
    { key: 'stageSince', title: t('stageSince'), width: 120, optional: true, render: (_, line) => formatDay(line.stageSince, language) },
    { key: 'goLive', title: t('goLive'), width: 120, optional: true, render: (_, line) => line.goLiveOn ? formatDay(line.goLiveOn, language) : '—' },
    { key: 'updated', title: t('updated'), width: 130, render: (_, line) => <span className="hub-number">{formatDay(line.updatedAt, language)}</span> },
  ]

  const submitMany = async () => {
    const failures: { line: ScenarioLine; why: string }[] = []
    for (const line of selected) {
      try {
        await submit.mutateAsync({ id: line.id, version: line.version })
      } catch (error) {
        const problem = asProblem(error)
        failures.push({ line, why: [problem.message, ...problem.errors.map((one) => one.message)].join(' ') })
      }
    }
    if (failures.length < selected.length) notify('success', t('submittedMany', { count: selected.length - failures.length }))
    setSelected([])
    if (failures.length) setRefused(failures)
  }

  return (
    <>
      <PageHeader title={t('list')} about={t('listAbout')} actions={
        <>
          <MoneyUnitSwitch />
          <SavedViews icon={<StarOutlined />} />
          <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: <a href={exported('xlsx')} download>{t('exportXlsx')}</a> }, { key: 'csv', label: <a href={exported('csv')} download>{t('exportCsv')}</a> }] }}><Button icon={<DownloadOutlined />}>{t('export')}</Button></Dropdown>
          {may('scenario.write') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/scenarios/new')}>{t('register')}</Button> : null}
        </>} />
      <DataTable<ScenarioLine> name="scenarios" label={t('list')} query={query} columns={columns} rowKey={(line) => line.id} onOpen={(line) => void navigate(`/scenarios/${line.id}`)} minWidth={1040}
        filtered={filterNames.some((name) => asked[name] !== undefined) || organization !== undefined} onClearFilters={() => { setTyped(''); address.set({ ...Object.fromEntries(filterNames.map((name) => [name, null])), organization: null }) }}
        filters={
          <>
            <Input.Search aria-label={t('search')} placeholder={t('search')} allowClear style={{ width: 210 }} value={typed} onChange={(event) => { setTyped(event.target.value); if (!event.target.value) address.set({ q: null }) }} onSearch={(value) => address.set({ q: value.trim() || null })} />
            {filter('sector', of(sectorNames), 140)}
            {filter('stage', stages.map((item) => ({ value: item.code, label: nameOf(item, language) })), 110)}
            {filter('state', (['draft', 'submitted', 'approved', 'returned', 'withdrawn', 'retired'] as const).map((state) => ({ value: state, label: t(stateKeys[state]) })), 120)}
            {filter('kind', kinds.map((item) => ({ value: item.code, label: nameOf(item, language) })), 120)}
            {filter('keyAction', of(actionNames), 140)}
            {filter('region', of(regionNames), 120)}
          </>}
        actions={
          <>
            {may('scenario.write') && selected.length ? <Button type="primary" ghost icon={<SendOutlined />} loading={submit.isPending} onClick={() => void submitMany()}>{t('submitMany', { count: selected.length })}</Button> : null}
          </>}
        {...(may('scenario.write') ? { selection: { selectedRowKeys: selected.map((line) => line.id), onChange: (_: React.Key[], lines: ScenarioLine[]) => setSelected(lines), columnWidth: 44, fixed: true, getCheckboxProps: (line: ScenarioLine) => ({ disabled: !['draft', 'returned', 'withdrawn'].includes(line.state), title: ['draft', 'returned', 'withdrawn'].includes(line.state) ? '' : t('notDraft'), 'aria-label': line.name }) } } : {})} />
      <Modal open={refused !== null} title={t('result')} footer={null} onCancel={() => setRefused(null)} destroyOnHidden>
        <p>{t('refusedMany', { count: refused?.length ?? 0 })}</p>
        <ul className="hub-list">{refused?.map(({ line, why }) => <li key={line.id} className="hub-line hub-line-top"><div><Link to={`/scenarios/${line.id}/edit`}>{line.name}</Link><div className="hub-small">{why}</div></div></li>)}</ul>
      </Modal>
    </>
  )
}
