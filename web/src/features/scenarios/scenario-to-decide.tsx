import { Alert, Checkbox, Descriptions, Flex, Skeleton, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useFields } from '../../api/catalog-queries'
import { type FieldChange, type ScenarioLine, type ScenarioView, useScenarioHistoryToReview, useScenarioToReview } from '../../api/scenario-review-queries'
import { FieldValue } from '../../components/field-value'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { scenarioReviewTexts } from './scenario-review-texts'

/** One scenario as a reviewer reads it: what changed since it was last approved, then all of it. */
export function ScenarioToDecide({ line, actions }: { line: ScenarioLine; actions: ReactNode }) {
  const t = useTexts(scenarioReviewTexts)
  const language = useLanguage()
  const query = useScenarioToReview(line.id)
  const history = useScenarioHistoryToReview(line.id)
  const submitted = history.data?.items.find((step) => step.event === 'submitted')
  return (
    <>
      <Flex justify="space-between" gap={16} align="flex-start" wrap>
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={2} className="hub-subheading">{line.name}</Typography.Title>
          <span className="hub-small">{line.code} · {line.organizationName} · {t('version', { version: line.version })}{submitted ? ` · ${t('submittedBy', { who: submitted.userName ?? '–', at: formatInstant(submitted.at, language) })}` : ''} · <Link to={`/scenarios/${line.id}`}>{t('openScenario')}</Link></span>
        </div>
        <Flex gap={8}>{actions}</Flex>
      </Flex>
      <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>
        {(scenario) => (
          <Flex vertical gap={20} style={{ marginBlockStart: 16 }}>
            {scenario.stateSecret ? <Tag color="red" style={{ alignSelf: 'flex-start' }}>{t('secret')}</Tag> : null}
            {scenario.returnReason ? <Alert type="warning" showIcon title={`${t('returnedBecause')}: ${scenario.returnReason}`} /> : null}
            {scenario.approvedVersion === null ? <Alert type="info" showIcon title={t('firstTime')} />
              : <PageState query={history} skeleton={<Skeleton active paragraph={{ rows: 3 }} />}>{(page) => <Changes since={scenario.approvedVersion ?? 0} changes={changesSince(page.items, scenario.approvedVersion ?? 0)} />}</PageState>}
            <Content scenario={scenario} />
          </Flex>
        )}
      </PageState>
    </>
  )
}

/** Several versions may lie between: the oldest value on the left, the newest on the right, and nothing that came back to what it was. */
function changesSince(steps: { version: number; changes: FieldChange[] }[], since: number): FieldChange[] {
  const found = new Map<string, FieldChange>()
  for (const step of steps.filter((one) => one.version > since).toSorted((a, b) => a.version - b.version))
    for (const change of step.changes) found.set(change.field, { ...change, from: found.get(change.field)?.from ?? change.from })
  return [...found.values()].filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to))
}

function Changes({ since, changes }: { since: number; changes: FieldChange[] }) {
  const t = useTexts(scenarioReviewTexts)
  return (
    <section>
      <Typography.Title level={3} className="hub-subheading" style={{ marginBlockEnd: 8 }}>{t('changes', { version: since })}</Typography.Title>
      {changes.length === 0 ? <span className="hub-small">{t('noChanges')}</span> : (
        <ScrollTable label={t('changes', { version: since })} size="small" pagination={false} rowKey="field" dataSource={changes} scroll={{ x: 640 }} columns={[
          { title: t('field'), dataIndex: 'label', width: 180 },
          { title: t('before'), key: 'before', render: (_, change) => <FieldValue field={change.field} value={change.from} /> },
          { title: t('after'), key: 'after', className: 'hub-now', render: (_, change) => <FieldValue field={change.field} value={change.to} /> },
        ]} />
      )}
    </section>
  )
}

// Said above already, or of the review itself.
const inHeader = new Set(['organization', 'state', 'version', 'code', 'name', 'returnReason', 'approvedVersion'])

function Content({ scenario }: { scenario: ScenarioView }) {
  const t = useTexts(scenarioReviewTexts)
  const language = useLanguage()
  const [onlyGiven, setOnlyGiven] = useState(true)
  const fields = useFields().data?.items ?? []
  const values = scenario as unknown as Record<string, unknown>
  const given = (name: string) => { const value = values[name]; return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0) }
  const shown = fields.filter((field) => field.json in values && !inHeader.has(field.json) && (!onlyGiven || given(field.json)))
  const groups = [...new Set(shown.map((field) => field.group))]
  return (
    <section>
      <Flex justify="space-between" align="center" style={{ marginBlockEnd: 12 }}><Typography.Title level={3} className="hub-subheading">{t('content')}</Typography.Title><Checkbox checked={onlyGiven} onChange={(event) => setOnlyGiven(event.target.checked)}>{t('onlyGiven')}</Checkbox></Flex>
      <Flex vertical gap={20}>
        {groups.map((group) => {
          const of = shown.filter((field) => field.group === group)
          return <Descriptions key={group} size="small" bordered column={{ xs: 1, lg: 2 }} title={<span className="hub-group">{language === 'en-US' ? of[0]?.groupEn : group}</span>} styles={{ label: { width: 150 }, header: { marginBlockEnd: 8 } }}
            items={of.map((field) => ({ key: field.json, label: language === 'en-US' ? field.nameEn : field.nameZh, children: <FieldValue field={field.json} value={values[field.json]} /> }))} />
        })}
      </Flex>
    </section>
  )
}
