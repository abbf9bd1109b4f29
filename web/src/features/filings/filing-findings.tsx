import { Button, Flex, Skeleton, Tag, Typography } from 'antd'
import { useState } from 'react'
import { type FindingView, useDecideFinding, useFindingsOf } from '../../api/filing-review-queries'
import { useMay } from '../../api/session-queries'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ReasonDialog } from '../../components/reason-dialog'
import { useTexts } from '../../lib/texts'
import { type FindingStateKey, reviewTexts, type SeverityKey } from './filing-review-texts'

const tone: Record<string, string> = { blocker: 'red', error: 'volcano', warning: 'gold', info: 'blue' }

/** What the rules say of this version, what the filer answered, and whether that is accepted. */
export function FilingFindings({ filing, version }: { filing: number; version: number }) {
  const t = useTexts(reviewTexts)
  const query = useFindingsOf(filing)
  const may = useMay()
  const decide = useDecideFinding()
  const [rejecting, setRejecting] = useState<FindingView | null>(null)
  return (
    <section>
      <Typography.Title level={3} className="hub-subheading" style={{ marginBlockEnd: 8 }}>{t('findings')}</Typography.Title>
      {decide.error && !rejecting ? <ProblemAlert error={decide.error} /> : null}
      <PageState query={query} skeleton={<Skeleton active title={false} paragraph={{ rows: 2 }} />}>
        {(page) => {
          const findings = page.items.filter((finding) => finding.filingVersion === version)
          if (findings.length === 0) return <span className="hub-small">{t('noFindings')}</span>
          return (
            <ul className="hub-findings">
              {findings.map((finding) => (
                <li key={finding.id} data-severity={finding.severity}>
                  <Flex justify="space-between" gap={12} align="flex-start">
                    <div>
                      <Tag color={tone[finding.severity] ?? 'default'} variant="outlined">{t(`severity_${finding.severity}` as SeverityKey)}</Tag><strong>{finding.rule} {finding.ruleName}</strong> <span className="hub-small">{t(`finding_${finding.state}` as FindingStateKey)}</span>
                      <div>{finding.found}</div>
                      <div className="hub-small">{t('right')}: {finding.right}</div>
                      {finding.explanation ? <div>{t('explanation')}{finding.explainedByName ? ` (${finding.explainedByName})` : ''}: {finding.explanation}</div> : null}
                      {finding.doubtText ? <div className="hub-swing">{t('doubt')}: {finding.doubtText}</div> : null}
                    </div>
                    {may('finding.decide') && finding.state === 'explained' ? <Flex gap={8} style={{ flex: 'none' }}><Button size="small" loading={decide.isPending} onClick={() => decide.mutate({ id: finding.id })}>{t('accept')}</Button><Button size="small" danger onClick={() => setRejecting(finding)}>{t('reject')}</Button></Flex> : null}
                  </Flex>
                </li>
              ))}
            </ul>
          )
        }}
      </PageState>
      <ReasonDialog open={rejecting !== null} title={t('rejectTitle')} about={t('rejectAbout')} confirm={t('reject')} danger pending={decide.isPending} error={decide.error}
        onConfirm={(reason) => { if (rejecting) decide.mutate({ id: rejecting.id, reason }, { onSuccess: () => setRejecting(null) }) }} onCancel={() => { setRejecting(null); decide.reset() }} />
    </section>
  )
}
