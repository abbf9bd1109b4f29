import { Button, Descriptions, Drawer, Flex, Table, Typography } from 'antd'
import type { AuditLine } from '../../api/audit-queries'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { formatInstant, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { auditTexts } from './audit-texts'

type Line = { key: string; thing: string; field: string; from: unknown; to: unknown }

/** One entry: who, from where, and field by field what was before and after. */
export function AuditDrawer({ line, title, kindName, onClose }: { line: AuditLine | null; title: string; kindName: (kind: string) => string; onClose: () => void }) {
  const t = useTexts(auditTexts)
  const language = useLanguage()
  const address = useAddress()
  const details: Line[] = line?.details?.flatMap((thing) => thing.fields.map((field) => ({ key: `${thing.kind}.${thing.id}.${field.field}`, thing: `${kindName(thing.kind)} ${thing.id}`, field: field.field, from: field.from, to: field.to }))) ?? []
  return (
    <Drawer open={line !== null} onClose={onClose} size={Math.min(860, window.innerWidth)} title={title} destroyOnHidden>
      {line ? (
        <Flex vertical gap={20}>
          <Descriptions size="small" bordered column={1} styles={{ label: { width: 140 } }} items={[
            { key: 'at', label: t('at'), children: formatInstant(line.at, language) },
            { key: 'who', label: t('who'), children: line.actor.userId === 0 ? `${t('job')}${line.actor.onBehalfOf ? ` · ${t('onBehalf', { id: line.actor.onBehalfOf })}` : ''}` : `${line.actor.name} (${line.actor.userId})` },
            { key: 'subject', label: t('subject'), children: `${kindName(line.subject.kind)}${line.subject.id ? ` ${line.subject.id}` : ''}` },
            { key: 'outcome', label: t('outcome'), children: line.outcome === 'done' ? <StatusTag tone="good">{t('done')}</StatusTag> : <><StatusTag tone="bad">{t('refused')}</StatusTag> <code>{line.refusal}</code></> },
            { key: 'address', label: t('address'), children: line.address ?? t('none') },
            { key: 'userAgent', label: t('userAgent'), children: <span className="hub-long hub-small">{line.userAgent ?? t('none')}</span> },
            { key: 'trace', label: t('trace'), children: line.traceId ? <Typography.Text copyable code>{line.traceId}</Typography.Text> : t('none') },
            { key: 'hash', label: t('hash'), children: <Typography.Text copyable code style={{ wordBreak: 'break-all' }}>{line.sha256}</Typography.Text> },
          ]} />
          <section>
            <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 8 }}>{t('details')}</Typography.Title>
            {details.length === 0 ? <p className="hub-small">{t('noDetails')}</p> : <Table<Line> size="small" pagination={false} rowKey="key" dataSource={details} columns={[
              { key: 'thing', title: t('thing'), dataIndex: 'thing', width: 160 },
              { key: 'field', title: t('field'), width: 160, render: (_, one) => <code>{one.field}</code> },
              { key: 'from', title: t('before'), render: (_, one) => <Plain value={one.from} /> },
              { key: 'to', title: t('after'), onCell: () => ({ className: 'hub-now' }), render: (_, one) => <Plain value={one.to} /> },
            ]} />}
          </section>
          {line.changes.length > 0 ? (
            <section>
              <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 8 }}>{t('things')}</Typography.Title>
              <Table size="small" pagination={false} rowKey="no" dataSource={line.changes} columns={[
                { key: 'no', title: t('no'), width: 90, dataIndex: 'no' },
                { key: 'thing', title: t('thing'), render: (_, one) => `${kindName(one.kind)} ${one.id}` },
                { key: 'action', title: t('action'), render: (_, one) => <code>{one.action}</code> },
                { key: 'version', title: t('versionOf'), render: (_, one) => one.version === null ? t('none') : t('version', { version: one.version }) },
                { key: 'period', title: t('period'), render: (_, one) => one.period ? formatPeriod(one.period, language) : t('none') },
              ]} />
              {line.changeCount > line.changes.length && line.firstChange !== null ? <Button type="link" style={{ padding: 0, marginBlockStart: 8 }} onClick={() => address.set({ view: 'changes', after: String((line.firstChange ?? 1) - 1), who: null, kind: null, subject: null, from: null, to: null })}>{t('more')}: {t('openChanges')}</Button> : null}
            </section>
          ) : null}
        </Flex>
      ) : null}
    </Drawer>
  )
}

function Plain({ value }: { value: unknown }) {
  const t = useTexts(auditTexts)
  if (value === null || value === undefined || value === '') return <Typography.Text type="secondary">{t('notGiven')}</Typography.Text>
  return <span className="hub-long">{typeof value === 'string' ? value : Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value)}</span>
}
