import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { UseMutationResult } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Flex, Select, Skeleton, Spin, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { type Import, type ImportMapping, type ImportSettings, type MappedColumn, useImportMapping, useSaveImportMapping } from '../../api/import-queries'
import { asProblem } from '../../api/problem'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ScrollTable } from '../../components/scroll-table'
import { StaleDialog } from '../../components/stale-dialog'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { choiceNamed, type ColumnChoice, useColumnChoices } from './column-choices'
import { type FoundColumn, plainHeader, readHeaders } from './file-headers'
import { sourceSpelling } from './import-file'
import { formatBytes } from './import-look'
import { ImportSteps } from './import-steps'
import { importTexts } from './import-texts'

type Constant = { field: string; value: string }
type Props = { file: File; settings: ImportSettings; sending: Pick<UseMutationResult<Import, Error, never>, 'isPending' | 'error'>; onSettings: (settings: ImportSettings) => void; onBack: () => void; onCheck: () => void; onStop: () => void }

/** What the columns of the file stand for: recognised by name, as kept for the source, or said here. */
export function ImportColumns(props: Props) {
  const t = useTexts(importTexts)
  const { settings } = props
  const choices = useColumnChoices(settings.kind)
  const otherChoices = useColumnChoices(settings.kind === 'figures' ? 'scenarios' : 'figures')
  const source = sourceSpelling.test(settings.source) ? settings.source : ''
  const mapping = useImportMapping(source)
  const [found, setFound] = useState<{ file: File; columns: FoundColumn[] } | null>(null)
  const ready = choices.length > 0
  useEffect(() => {
    if (!ready) return
    let current = true
    void readHeaders(props.file, (header) => choiceNamed(choices, header) !== undefined, (header) => choiceNamed(otherChoices, header) !== undefined).then((columns) => { if (current) setFound({ file: props.file, columns }) })
    return () => { current = false }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- read once a file and kind; names in another language change no heading
  }, [props.file, settings.kind, ready])
  const waiting = <div className="hub-panel" role="status"><ImportSteps current={1} /><p className="hub-small">{t('readingFile')}</p><Skeleton active paragraph={{ rows: 6 }} /></div>
  if (found?.file !== props.file) return waiting
  if (source === '') return <Mapped {...props} columns={found.columns} choices={choices} source="" mapping={null} />
  return <PageState query={mapping} skeleton={waiting}>{(kept) => <Mapped key={`${source} ${kept?.version ?? 0}`} {...props} columns={found.columns} choices={choices} source={source} mapping={kept} />}</PageState>
}

const keptOf = (mapping: ImportMapping | null, header: string) => mapping?.mapping.columns.find((column) => plainHeader(column.header) === plainHeader(header))

function Mapped({ file, settings, sending, columns, choices, source, mapping, onSettings, onBack, onCheck, onStop }: Props & { columns: FoundColumn[]; choices: ColumnChoice[]; source: string; mapping: ImportMapping | null }) {
  const t = useTexts(importTexts)
  const language = useLanguage()
  const save = useSaveImportMapping()
  const [said, setSaid] = useState<ReadonlyMap<string, MappedColumn | null>>(new Map())
  const [constants, setConstants] = useState<Constant[]>(mapping?.mapping.constants ?? [])
  const [all, setAll] = useState(false)
  const [typed, setTyped] = useState('')
  const meaning = (header: string) => said.has(header) ? said.get(header) ?? undefined : keptOf(mapping, header)
  const isOpen = (header: string) => !meaning(header) && !choiceNamed(choices, header)
  const open = columns.filter((column) => isOpen(column.header)).length
  // What was settled here stays in sight, or a row would vanish under the hand.
  const shown = columns.filter((column) => all || said.has(column.header) || isOpen(column.header) || meaning(column.header))

  const filled = constants.filter((constant) => constant.field !== '' && constant.value.trim() !== '')
  const mapped = columns.flatMap((column) => meaning(column.header) ?? [])
  const others = mapping?.mapping.columns.filter((kept) => !columns.some((column) => plainHeader(column.header) === plainHeader(kept.header))) ?? []
  const plain = columns.find((column) => choiceNamed(choices, column.header)?.units.length === 0)
  // A mapping has a column at least; one that its name says anyhow changes nothing.
  const body = { columns: mapped.length + others.length === 0 && plain && filled.length > 0 ? [{ header: plain.header, field: choiceNamed(choices, plain.header)?.key ?? null }] : [...mapped, ...others], constants: filled }
  const changed = source !== '' && (said.size > 0 || JSON.stringify(filled) !== JSON.stringify(mapping?.mapping.constants ?? []))
  const stale = asProblem(save.error).isStale ? asProblem(save.error) : null
  const theirs = useImportMapping(stale ? source : '')

  const check = (version = mapping?.version ?? 0) => {
    if (changed && body.columns.length > 0) save.mutate({ source, version, body }, { onSuccess: onCheck, onError: (error) => { if (asProblem(error).isStale) void theirs.refetch() } })
    else onCheck()
  }
  const say = (header: string, key: string) => {
    const choice = choices.find((one) => one.key === key)
    const value: MappedColumn | null = key === '' ? null : key === '-' ? { header, field: null } : { header, field: key, ...(choice?.units[0] ? { unit: (choice.units.find((unit) => unit.names.some((name) => header.includes(name))) ?? choice.units[0]).value } : {}) }
    setSaid(new Map(said).set(header, value))
  }
  const groups = [...new Set(choices.map((choice) => choice.group))].map((group) => ({ label: group, options: choices.filter((choice) => choice.group === group && !choice.given).map((choice) => ({ value: choice.key, label: choice.name })) })).filter((group) => group.options.length > 0)
  const words = (column: MappedColumn | undefined) => !column ? t('colAuto') : column.field ? (choices.find((choice) => choice.key === column.field)?.name ?? column.field) : t('colSkip')

  if (sending.isPending || save.isPending) {
    return (
      <div className="hub-panel"><ImportSteps current={2} />
        <Flex vertical align="center" gap={16} style={{ padding: 48 }} role="status"><Spin size="large" /><div>{t('uploading', { name: file.name, size: formatBytes(file.size) })}</div>{sending.isPending ? <Button onClick={onStop}>{t('stopUpload')}</Button> : null}</Flex>
      </div>
    )
  }
  return (
    <div className="hub-panel">
      <ImportSteps current={1} />
      {sending.error ? <ProblemAlert error={sending.error} onRetry={() => check()} /> : null}
      {save.error && !stale ? <ProblemAlert error={save.error} /> : null}
      <Flex justify="space-between" align="baseline" gap={12} wrap style={{ marginBlockEnd: 12 }}>
        <div><Typography.Title level={2} className="hub-subheading">{t('mapTitle')}</Typography.Title><span className="hub-small hub-url">{file.name} · {t(`kind_${settings.kind}`)}{columns.length > 0 ? ` · ${t('mapCount', { count: columns.length, open })}` : ''}</span></div>
        {columns.length > 0 ? <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>{t('showAll')}</Checkbox> : null}
      </Flex>
      {source === '' ? <Alert type={open > 0 ? 'warning' : 'info'} showIcon style={{ marginBlockEnd: 16 }} title={t('mapNoSource')} description={<Flex vertical gap={8}>{t('mapNoSourceHint')}
        <form style={{ display: 'flex', gap: 8, alignItems: 'center', flexWrap: 'wrap' }} onSubmit={(event) => { event.preventDefault(); if (sourceSpelling.test(typed)) onSettings({ ...settings, source: typed }) }}><input className="hub-native" aria-label={t('source')} placeholder={t('source')} maxLength={32} value={typed} aria-invalid={typed !== '' && !sourceSpelling.test(typed)} onChange={(event) => setTyped(event.target.value.trim())} /><Button htmlType="submit" disabled={!sourceSpelling.test(typed)}>{t('mapColumns')}</Button>{typed !== '' && !sourceSpelling.test(typed) ? <span className="hub-wrong">{t('sourceWrong')}</span> : null}</form></Flex>} />
        : <p className="hub-small" style={{ marginBlock: '0 12px' }}>{mapping ? t('mapSaved', { source, by: mapping.updatedByName ?? '', at: formatInstant(mapping.updatedAt, language) }) : t('mapNone', { source })}</p>}
      {columns.length === 0 ? <Alert type="warning" showIcon title={t('mapUnreadable')} description={t('mapUnreadableHint')} />
        : shown.length === 0 ? <Alert type="success" showIcon title={t('allKnown')} />
        : <ScrollTable<FoundColumn> label={t('mapTitle')} size="small" rowKey="header" pagination={false} dataSource={shown} scroll={{ x: 820, ...(shown.length > 12 ? { y: 480 } : {}) }} columns={[
          { title: t('colHeader'), key: 'header', width: 220, render: (_, { header }) => <strong className="hub-long">{header}</strong> },
          { title: t('colSample'), key: 'sample', width: 180, ellipsis: true, render: (_, { sample }) => sample || '–' },
          { title: t('colField'), key: 'field', render: (_, { header }) => {
            const auto = choiceNamed(choices, header)
            const automatic = auto ? t('colAutoAs', { name: auto.name }) : t('colUnknown')
            if (source === '') return <span className={auto ? '' : 'hub-wrong'}>{automatic}</span>
            return <Select aria-label={t('fieldOf', { header })} style={{ width: '100%' }} status={isOpen(header) ? 'warning' : ''} showSearch={{ optionFilterProp: 'label' }} value={meaning(header) ? (meaning(header)?.field ?? '-') : ''} onChange={(key: string) => say(header, key)}
              options={[{ value: '', label: automatic }, { value: '-', label: t('colSkip') }, ...groups]} />
          } },
          { title: t('colUnit'), key: 'unit', width: 200, render: (_, { header }) => {
            const column = meaning(header)
            const units = choices.find((choice) => choice.key === column?.field)?.units ?? []
            if (!column || units.length === 0) return '–'
            return <Select aria-label={t('unitOf', { header })} style={{ width: '100%' }} value={column.unit ?? units[0]?.value} options={units.map(({ value, label }) => ({ value, label }))} onChange={(unit: string) => setSaid(new Map(said).set(header, { ...column, unit }))} />
          } },
        ]} />}
      {source !== '' ? (
        <section style={{ marginBlockStart: 20 }}>
          <Flex align="center" gap={12}><span className="hub-import-label" style={{ margin: 0 }}>{t('constants')}</span><Button size="small" icon={<PlusOutlined />} onClick={() => setConstants([...constants, { field: '', value: '' }])}>{t('constantAdd')}</Button></Flex>
          {constants.map((constant, index) => (
            <Flex key={index} gap={8} align="center" wrap style={{ marginBlockStart: 8 }}>
              <Select aria-label={t('constantField')} placeholder={t('constantField')} style={{ width: 260 }} showSearch={{ optionFilterProp: 'label' }} {...(constant.field ? { value: constant.field } : {})} options={groups} onChange={(field: string) => setConstants(constants.with(index, { ...constant, field }))} />
              <input className="hub-native" aria-label={t('constantValue')} placeholder={t('constantValue')} maxLength={200} value={constant.value} onChange={(event) => setConstants(constants.with(index, { ...constant, value: event.target.value }))} />
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('constantRemove')} onClick={() => setConstants(constants.filter((_, at) => at !== index))} />
            </Flex>
          ))}
        </section>
      ) : null}
      <Flex justify="space-between" className="hub-import-foot"><Button size="large" onClick={onBack}>{t('back')}</Button><Button type="primary" size="large" onClick={() => check()}>{t('check')}</Button></Flex>
      {stale && theirs.data ? <StaleDialog open version={theirs.data.version} fields={columns.map(({ header }) => ({ key: header, label: header, mine: words(meaning(header)), theirs: words(keptOf(theirs.data, header)) }))}
        onKeepMine={() => check(theirs.data?.version)} onTakeTheirs={() => { save.reset(); setSaid(new Map()) }} /> : null}
    </div>
  )
}
