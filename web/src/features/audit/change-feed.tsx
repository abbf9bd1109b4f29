import { Button, InputNumber, Select } from 'antd'
import { Link } from 'react-router'
import { useChangeFeed, useLatestChange, type ChangeLine } from '../../api/audit-queries'
import { DataTable } from '../../components/data-table'
import { changeKinds, formTexts, kindKey } from '../../components/form-texts'
import { ProblemAlert } from '../../components/problem-alert'
import { useAddress } from '../../lib/address'
import { formatInstant, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { auditTexts } from './audit-texts'

/** The feed that interfaces read, from a number on. */
export function ChangeFeed() {
  const t = useTexts(auditTexts)
  const words = useTexts(formTexts)
  const language = useLanguage()
  const address = useAddress()
  const after = /^\d+$/.test(address.get('after') ?? '') ? address.get('after') ?? '0' : '0'
  const kind = address.get('kind')
  const query = useChangeFeed(after, kind)
  const latest = useLatestChange()
  const go = (text: string) => address.set({ after: /^\d+$/.test(text) && text !== '0' ? text : null })
  return (
    <>
      {latest.error ? <ProblemAlert error={latest.error} /> : null}
      <p className="hub-small" style={{ marginBlockStart: 0 }}>{t('feedAbout')}</p>
      <DataTable<ChangeLine> name="changes" label={t('changes')} query={query} rowKey={(one) => one.no} minWidth={1000} filtered={after !== '0' || kind !== null} onClearFilters={() => address.set({ after: null, kind: null })}
        actions={<><Button loading={latest.isPending} onClick={() => latest.mutate(undefined, { onSuccess: (no) => go(String(Math.max(0, no - 100))) })}>{t('latest')}</Button><Button onClick={() => void query.refetch()}>{t('refresh')}</Button></>}
        filters={<>
          <InputNumber key={after} aria-label={t('startAfter')} placeholder={t('startAfter')} defaultValue={after === '0' ? undefined : Number(after)} min={0} precision={0} style={{ width: 150 }} onPressEnter={(event) => go(event.currentTarget.value)} onBlur={(event) => { if (event.currentTarget.value !== (after === '0' ? '' : after)) go(event.currentTarget.value) }} />
          <Select allowClear aria-label={t('kind')} placeholder={t('kind')} value={kind} style={{ width: 150 }} options={changeKinds.map((code) => ({ value: code, label: words(`kind_${code}`) }))} onChange={(code?: string) => address.set({ kind: code ?? null })} />
        </>}
        columns={[
          { key: 'no', title: t('no'), width: 90, fixedChoice: true, render: (_, one) => <span className="hub-number">{one.no}</span> },
          { key: 'at', title: t('at'), width: 170, render: (_, one) => formatInstant(one.at, language) },
          { key: 'kind', title: t('kind'), width: 120, render: (_, one) => { const key = kindKey(one.kind); return key ? words(key) : one.kind } },
          { key: 'action', title: t('action'), width: 140, render: (_, one) => <code>{one.action}</code> },
          { key: 'code', title: t('code'), width: 220, ellipsis: true, render: (_, one) => { const to = pageOf(one); return to ? <Link to={to}>{one.code ?? one.id}</Link> : one.code ?? one.id } },
          { key: 'version', title: t('versionOf'), width: 100, render: (_, one) => one.version === null ? t('none') : t('version', { version: one.version }) },
          { key: 'period', title: t('period'), width: 120, render: (_, one) => one.period ? formatPeriod(one.period, language) : t('none') },
          { key: 'organization', title: t('organization'), width: 110, optional: true, render: (_, one) => one.organizationId },
        ]} />
    </>
  )
}

/** Where a person reads the thing; null where it has no page of its own. */
function pageOf(one: ChangeLine): string | null {
  if (one.kind === 'scenario') return `/scenarios/${one.id}`
  if (one.kind === 'filing' && one.scenarioId !== null) return `/scenarios/${one.scenarioId}`
  if (one.kind === 'organization') return `/organizations?organization=${one.id}`
  if (one.kind === 'apiClient') return `/api-clients?client=${one.id}`
  if (one.kind === 'webhook') return `/webhooks/${one.id}`
  return null
}
