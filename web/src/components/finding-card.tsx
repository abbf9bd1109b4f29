import { Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMeasures } from '../api/catalog-queries'
import { type Finding, useExplainFinding } from '../api/finding-queries'
import { useMay } from '../api/session-queries'
import { formatInstant, formatPeriod } from '../lib/format'
import { nameOf, useLanguage, useTexts } from '../lib/texts'
import { findingTexts } from './finding-texts'
import { notify } from './notify'
import { ProblemAlert } from './problem-alert'
import { type Tone, ToneTag } from './tone-tag'

const tones: Record<string, Tone> = { blocker: 'bad', error: 'warning', warning: 'warning', info: 'primary' }
const MinimumLetters = 10

/** One finding: what was found, what would be right, what was answered; where an answer is wanted, the place to write it. */
export function FindingCard({ finding, withScenario = true }: { finding: Finding; withScenario?: boolean }) {
  const t = useTexts(findingTexts)
  const language = useLanguage()
  const may = useMay()
  const measure = useMeasures().data?.items.find((one) => one.code === finding.measure)
  const explain = useExplainFinding()
  const [text, setText] = useState('')
  const [touched, setTouched] = useState(false)
  const wanted = (finding.state === 'open' || finding.state === 'rejected') && finding.severity !== 'blocker'
  const severity = finding.severity as 'blocker' | 'error' | 'warning' | 'info'
  const state = { open: t('openState'), explained: t('explained'), accepted: t('accepted'), rejected: t('rejected'), gone: t('gone') }[finding.state] ?? finding.state
  const tooShort = text.trim().length < MinimumLetters
  const send = () => {
    setTouched(true)
    if (!tooShort) explain.mutate({ id: finding.id, explanation: text.trim() }, { onSuccess: () => notify('success', t('sent')) })
  }
  return (
    <article className="hub-card" aria-label={`${finding.scenarioName} ${finding.ruleName}`}>
      <Flex gap={8} align="center" wrap>
        <ToneTag tone={tones[severity] ?? 'none'}>{t(severity)}</ToneTag>
        <strong>{finding.ruleName}</strong>
        <span className="hub-small">{measure ? nameOf(measure, language) : finding.measure} · {formatPeriod(finding.period, language)}</span>
        <span className="hub-small" style={{ marginInlineStart: 'auto' }}>{state}</span>
      </Flex>
      {withScenario ? <div><Link to={`/scenarios/${finding.scenarioId}`}>{finding.scenarioName}</Link> <span className="hub-small">{finding.organizationName}</span></div> : null}
      <div>{finding.found}</div>
      <div className="hub-small">{t('right')}: {finding.right}</div>
      {finding.explanation ? <div className="hub-quote">{finding.explanation}<div className="hub-small">{t('by', { name: finding.explainedByName ?? '', at: finding.explainedAt ? formatInstant(finding.explainedAt, language) : '' })}</div></div> : null}
      {finding.doubtText ? <div className="hub-small">{t('doubt', { text: finding.doubtText })}</div> : null}
      {finding.decisionReason ? <div className="hub-wrong">{t('rejectedReason', { reason: finding.decisionReason })}</div> : null}
      {wanted && may('finding.explain') ? (
        <>
          {explain.error ? <ProblemAlert error={explain.error} /> : null}
          <Input.TextArea aria-label={`${t('explanation')}: ${finding.ruleName} ${finding.scenarioName}`} rows={3} maxLength={1000} value={text} placeholder={t('explainPlaceholder')}
            status={touched && tooShort ? 'error' : ''} aria-invalid={touched && tooShort} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send() }} />
          <Flex justify="space-between" align="center" gap={8}>
            <Link to={`/filings?period=${finding.period}&scenario=${finding.scenarioId}`}>{t('toGrid')}</Link>
            <Flex align="center" gap={8}>{touched && tooShort ? <span className="hub-wrong" role="alert">{t('tooShort')}</span> : null}<Button size="small" type="primary" loading={explain.isPending} onClick={send}>{t('send')}</Button></Flex>
          </Flex>
        </>
      ) : null}
    </article>
  )
}
