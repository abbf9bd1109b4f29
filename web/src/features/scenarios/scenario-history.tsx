import { Button, Skeleton } from 'antd'
import { type ScenarioVersion, useScenarioHistory } from '../../api/scenario-queries'
import { PageState } from '../../components/page-state'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { scenarioTexts } from './scenario-texts'

const events = { registered: 'evRegistered', revised: 'evRevised', keysAdded: 'evKeysAdded', submitted: 'evSubmitted', approved: 'evApproved', returned: 'evReturned', withdrawn: 'evWithdrawn', retired: 'evRetired', merged: 'evMerged', split: 'evSplit' } as const

/** Every version, the newest first: who, when, why, and which fields went from what to what. */
export function ScenarioHistory({ id }: { id: number }) {
  const t = useTexts(scenarioTexts)
  const query = useScenarioHistory(id)
  return (
    <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 6 }} />}>
      {(data) => (
        <div className="hub-panel">
          <ul className="hub-list" style={{ marginBlockStart: 0 }}>{data.pages.flatMap((page) => page.items).map((version) => <Version key={version.version} version={version} />)}</ul>
          {query.hasNextPage ? <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
        </div>
      )}
    </PageState>
  )
}

const FewChanges = 4

function Version({ version }: { version: ScenarioVersion }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const event = version.event in events ? events[version.event as keyof typeof events] : null
  const table = (
    <table className="hub-versions"><thead><tr><th scope="col">{t('fieldCol')}</th><th scope="col">{t('fromCol')}</th><th scope="col">{t('toCol')}</th></tr></thead>
      <tbody>{version.changes.map((change) => <tr key={change.field}><th scope="row">{change.label}</th><td>{say(change.from)}</td><td>{say(change.to)}</td></tr>)}</tbody></table>
  )
  return (
    <li className="hub-line hub-line-top">
      <div style={{ minWidth: 0, flex: 1 }}>
        <strong>{event ? t(event) : version.event}</strong> <span className="hub-small">{t('version', { version: version.version })} · {t('by', { name: version.userName ?? '', at: formatInstant(version.at, language) })}</span>
        {version.reason ? <div className="hub-quote">{t('reason', { reason: version.reason })}</div> : null}
        {version.changes.length > FewChanges ? <details><summary>{t('changed', { count: version.changes.length })}</summary>{table}</details> : version.changes.length ? table : null}
      </div>
    </li>
  )
}

function say(value: unknown): string {
  return value === null || value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
}
