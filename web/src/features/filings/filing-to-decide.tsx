import { Alert, Checkbox, Flex, Skeleton, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { type FilingLine, type FilingVersions, useFilingBefore, useFilingVersions } from '../../api/filing-review-queries'
import { PageState } from '../../components/page-state'
import { formatInstant, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { FilingComparison } from './filing-comparison'
import { FilingFindings } from './filing-findings'
import { reviewTexts } from './filing-review-texts'

/** One filing as a reviewer reads it: what was found, and each figure beside what it was before. */
export function FilingToDecide({ line, actions }: { line: FilingLine; actions: ReactNode }) {
  const t = useTexts(reviewTexts)
  const language = useLanguage()
  const query = useFilingVersions(line.scenarioId, line.period)
  return (
    <>
      <Flex justify="space-between" gap={16} align="flex-start" wrap>
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={2} className="hub-subheading">{line.scenarioName}</Typography.Title>
          <span className="hub-small">{line.scenarioCode} · {line.organizationName} · {formatPeriod(line.period, language)} · {t('version', { version: line.version })} · <Link to={`/scenarios/${line.scenarioId}`}>{t('openScenario')}</Link></span>
        </div>
        <Flex gap={8}>{actions}</Flex>
      </Flex>
      <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 10 }} />}>{(versions) => <Body line={line} versions={versions} />}</PageState>
    </>
  )
}

function Body({ line, versions }: { line: FilingLine; versions: FilingVersions }) {
  const t = useTexts(reviewTexts)
  const language = useLanguage()
  const [changesOnly, setChangesOnly] = useState(false)
  const lastMonth = useFilingBefore(line.scenarioId, line.period, 1).data
  const lastYear = useFilingBefore(line.scenarioId, line.period, 12).data
  const now = versions.versions.find((version) => version.version === line.version) ?? versions.versions.toSorted((a, b) => b.version - a.version)[0]
  const approved = versions.versions.find((version) => version.version === versions.approvedVersion && version.version !== now?.version)
  const returned = versions.versions.filter((version) => version.version < (now?.version ?? 0) && version.returnReason).toSorted((a, b) => b.version - a.version)[0]
  if (!now) return null
  const act = now.submitted ?? now.saved
  return (
    <Flex vertical gap={20} style={{ marginBlockStart: 16 }}>
      <Flex gap={8} wrap align="center"><Tag>{t(`state_${now.state}` as 'state_submitted')}</Tag>{now.isCorrection ? <Tag color="orange">{t('correction')}</Tag> : null}<span className="hub-small">{t('submittedBy', { who: act.displayName ?? '–', at: formatInstant(act.at, language) })}</span></Flex>
      {now.reason ? <Alert type="info" showIcon title={`${t('correctionReason')}: ${now.reason}`} /> : null}
      {returned?.returnReason ? <Alert type="warning" showIcon title={`${t('returnedBecause')}: ${returned.returnReason}`} /> : null}
      <FilingFindings filing={line.id} version={now.version} />
      <section>
        <Flex justify="space-between" align="center" style={{ marginBlockEnd: 12 }}><Typography.Title level={3} className="hub-subheading">{t('figures')}</Typography.Title><Checkbox checked={changesOnly} onChange={(event) => setChangesOnly(event.target.checked)}>{t('onlyChanges')}</Checkbox></Flex>
        <FilingComparison now={now.figures} approved={approved?.figures ?? null} lastMonth={lastMonth?.figures ?? null} lastYear={lastYear?.figures ?? null} changesOnly={changesOnly} />
      </section>
    </Flex>
  )
}
