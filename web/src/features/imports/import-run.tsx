import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import type { UseMutationResult } from '@tanstack/react-query'
import { Alert, Button, Flex, Progress, Typography } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { type Import, isUnderWay, useCancelImport, useCommitImport, useImport, useImportFindings } from '../../api/import-queries'
import { useMay } from '../../api/session-queries'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { StatusTag } from '../../components/status-tag'
import { formatCount, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { ImportFindings } from './import-findings'
import { formatBytes, tones } from './import-look'
import { ImportSteps } from './import-steps'
import { importTexts, type TextKey } from './import-texts'

type Props = { sending: Pick<UseMutationResult<Import, Error, never>, 'isPending' | 'error'>; onCorrect: (run: Import) => void; onMap: (run: Import) => void; /** Null when the page no longer has the file. */ onSkip: (() => void) | null }

/** One import: how far it is, what it came to, and what may be done now. */
export function ImportRun({ id, ...props }: Props & { id: number }) {
  const query = useImport(id)
  return <PageState query={query}>{(run) => <Shown run={run} {...props} />}</PageState>
}

function Shown({ run, sending, onCorrect, onMap, onSkip }: Props & { run: Import }) {
  const t = useTexts(importTexts)
  const language = useLanguage()
  const may = useMay()
  const mayWrite = may('import.write')
  const commit = useCommitImport(run.id)
  const cancel = useCancelImport(run.id)
  const outcome = useRef<HTMLHeadingElement>(null)
  const working = isUnderWay(run)
  const wrote = run.created + run.updated
  const blocked = run.state === 'checked' && run.refused > 0 && run.onProblem === 'refuseAll'
  const unknownColumns = useImportFindings(run.id, null).data?.pages[0]?.items.some((finding) => finding.code === 'header-unknown') ?? false
  // Whoever works by keyboard is told of the end where it stands.
  const before = useRef(working)
  useEffect(() => {
    if (before.current && !working) outcome.current?.focus()
    before.current = working
  }, [working])
  const kind = t(`kind_${run.kind}` as TextKey)
  const correct = mayWrite ? <Button icon={<UploadOutlined />} onClick={() => onCorrect(run)}>{t('corrected')}</Button> : null
  const annotated = run.links.annotated && run.findings > 0 ? <Button icon={<DownloadOutlined />} href={run.links.annotated} download>{t('annotated')}</Button> : null
  return (
    <>
      <div className="hub-panel">
        <ImportSteps current={run.stage === 'committing' || run.state === 'done' ? 3 : 2} status={run.state === 'failed' || run.state === 'refused' ? 'error' : run.state === 'done' ? 'finish' : 'process'} />
        <Flex justify="space-between" align="flex-start" gap={12} wrap style={{ marginBlockEnd: 16 }}>
          <div style={{ minWidth: 0 }}>
            <Typography.Title level={2} className="hub-subheading hub-url" ref={outcome} tabIndex={-1} style={{ outline: 'none' }}>{run.fileName}<StatusTag tone={tones[run.state] ?? 'plain'}>{t(`state_${run.state}` as TextKey)}</StatusTag></Typography.Title>
            <span className="hub-small">{[kind, ...run.source ? [run.source] : [], formatBytes(run.sizeBytes), run.organizationName, formatInstant(run.requestedAt, language), ...run.onProblem === 'skipRows' ? [t('onProblem_skipRows')] : [], ...run.submit ? [t('submit')] : []].join(' · ')}</span>
          </div>
          <a href={run.links.file} download className="hub-small">{t('original')}</a>
        </Flex>
        {commit.error ? <ProblemAlert error={commit.error} /> : null}
        {cancel.error ? <ProblemAlert error={cancel.error} /> : null}
        {sending.error ? <ProblemAlert error={sending.error} /> : null}
        {working ? <Working run={run} /> : (
          <>
            <Outcome run={run} unknownColumns={unknownColumns} />
            {run.entries !== null ? (
              <dl className="hub-counts" style={{ marginBlockStart: 16 }}>
                {([['created', run.created], ['updated', run.updated], ['unchanged', run.unchanged], ...run.submit ? [['submitted', run.submitted] as const] : [], ['refused', run.refused], ['findingsCount', run.findings]] as const).map(([name, count]) => (
                  <div key={name} data-tone={count > 0 && name === 'refused' ? 'bad' : undefined}><dt>{t(name)}</dt><dd>{formatCount(count)}</dd></div>
                ))}
              </dl>
            ) : null}
          </>
        )}
        <Flex gap={8} wrap justify="space-between" className="hub-import-foot">
          <Flex gap={8} wrap>{annotated}{!working && run.state !== 'done' ? correct : null}{!working && unknownColumns && mayWrite ? <Button type="primary" onClick={() => onMap(run)}>{t('mapColumns')}</Button> : null}</Flex>
          <Flex gap={8} wrap align="center" style={{ marginInlineStart: 'auto' }}>
            {run.links.cancel && mayWrite ? <Button danger={working} loading={cancel.isPending} onClick={() => cancel.mutate()}>{working ? t('cancel') : t('discard')}</Button> : null}
            {blocked && onSkip && wrote > 0 && mayWrite ? <Button title={t('skipBadHint')} loading={sending.isPending} onClick={onSkip}>{t('skipBad', { count: wrote })}</Button> : null}
            {run.links.commit && !blocked && wrote > 0 && mayWrite ? <Button type="primary" size="large" loading={commit.isPending} onClick={() => commit.mutate()}>{t('commit', { count: wrote })}</Button> : null}
            {run.state === 'done' ? run.kind === 'figures' && may('filing.read') ? <Link to="/filings"><Button type="primary">{t('toFilings')}</Button></Link> : may('scenario.read') ? <Link to="/scenarios"><Button type="primary">{t('toScenarios')}</Button></Link> : null : null}
          </Flex>
        </Flex>
      </div>
      {!working && run.findings > 0 ? <div style={{ marginBlockStart: 24 }}><ImportFindings id={run.id} withSheets={/\.xlsx$/i.test(run.fileName)} /></div> : null}
    </>
  )
}

function Working({ run }: { run: Import }) {
  const t = useTexts(importTexts)
  const counts = { rows: formatCount(run.readRows), done: formatCount(run.doneEntries), all: formatCount(run.entries ?? 0) }
  const words = run.state === 'queued' ? t('running_queued') : run.entries === null ? t('running_reading', counts) : t(run.stage === 'committing' ? 'running_committing' : 'running_checking', counts)
  return (
    <div>
      <Progress percent={run.progress} status="active" aria-label={t(`state_${run.state}` as TextKey)} />
      <div role="status">{words}{run.attempts > 1 ? ` · ${t('attempt', { count: run.attempts })}` : ''}</div>
      <div className="hub-small">{t('mayLeave')}</div>
    </div>
  )
}

function Outcome({ run, unknownColumns }: { run: Import; unknownColumns: boolean }) {
  const t = useTexts(importTexts)
  const wrote = run.created + run.updated
  if (unknownColumns) return <Alert type="warning" showIcon role="status" title={t('headerUnknown')} description={t('headerUnknownHint')} />
  if (run.failure) return <Alert type={run.state === 'failed' ? 'error' : 'warning'} showIcon role="status" title={run.failure.message} description={run.failure.premises.length > 0 ? <ul style={{ margin: 0, paddingInlineStart: 18 }}>{run.failure.premises.map((premise) => <li key={premise.premise}>{premise.message}</li>)}</ul> : undefined} />
  if (run.state === 'cancelled') return <Alert type="info" showIcon role="status" title={t('cancelled')} description={run.stage === 'committing' && wrote > 0 ? t('cancelledHint', { count: wrote }) : t('cancelledNone')} />
  if (run.state === 'done') return <Alert type="success" showIcon role="status" title={t('done', { count: wrote })} description={run.findings > 0 ? t('doneFindings', { count: run.findings }) : t('doneHint')} />
  if (run.refused > 0 && run.onProblem === 'refuseAll') return <Alert type="warning" showIcon role="status" title={t('checkedRefused', { count: run.refused })} description={<>{t('checkedHint')} {t('checkedFix')}</>} />
  if (wrote === 0) return <Alert type="info" showIcon role="status" title={t('checkedNothing')} description={t('checkedHint')} />
  return <Alert type={run.findings > 0 ? 'info' : 'success'} showIcon role="status" title={run.findings > 0 ? t('checkedSome', { count: wrote }) : t('checkedClean')} description={t('checkedHint')} />
}
