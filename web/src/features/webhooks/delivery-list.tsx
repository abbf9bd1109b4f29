import { InputNumber, Select, Typography } from 'antd'
import { useDeliveries, type Delivery } from '../../api/webhook-queries'
import { DataTable } from '../../components/data-table'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { webhookTexts } from './webhook-texts'

/** Every attempt: what was answered, and when it is tried again. */
export function DeliveryList({ webhook }: { webhook: number }) {
  const t = useTexts(webhookTexts)
  const language = useLanguage()
  const address = useAddress()
  const result = address.get('result')
  const change = Number(address.get('change')) || null
  const query = useDeliveries(webhook, { ...(result ? { failed: result === 'failed' } : {}), ...(change ? { change } : {}) })
  return (
    <>
      <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{t('deliveries')} <span className="hub-small">{t('deliveriesAbout')}</span></Typography.Title>
      <DataTable<Delivery> name="deliveries" label={t('deliveries')} query={query} rowKey={(one) => one.no} minWidth={1080} filtered={result !== null || change !== null} onClearFilters={() => address.set({ result: null, change: null })}
        filters={<>
          <Select aria-label={t('result')} value={result ?? 'any'} style={{ width: 130 }} options={[{ value: 'any', label: t('any') }, { value: 'failed', label: t('onlyFailed') }, { value: 'delivered', label: t('onlyDelivered') }]} onChange={(next) => address.set({ result: next === 'any' ? null : next })} />
          <InputNumber key={change ?? 0} aria-label={t('changeFilter')} placeholder={t('changeFilter')} defaultValue={change ?? undefined} min={1} precision={0} style={{ width: 150 }} onPressEnter={(event) => address.set({ change: event.currentTarget.value || null })} onBlur={(event) => { if (event.currentTarget.value !== String(change ?? '')) address.set({ change: event.currentTarget.value || null }) }} />
        </>}
        columns={[
          { key: 'no', title: t('no'), width: 64, render: (_, one) => <span className="hub-number">{one.no}</span> },
          { key: 'at', title: t('at'), width: 170, render: (_, one) => formatInstant(one.at, language) },
          { key: 'change', title: t('change'), width: 80, render: (_, one) => one.change === null ? <StatusTag>{t('testMessage')}</StatusTag> : <span className="hub-number">{one.change}</span> },
          { key: 'type', title: t('type'), width: 150, ellipsis: true, render: (_, one) => <code>{one.type}</code> },
          { key: 'attempt', title: t('attempt'), width: 72, render: (_, one) => t('attemptNo', { attempt: one.attempt }) },
          { key: 'result', title: t('result'), width: 180, render: (_, one) => <><StatusTag tone={one.delivered ? 'good' : 'bad'}>{one.delivered ? t('delivered') : t('notDelivered')}{one.status === null ? '' : ` ${one.status}`}</StatusTag>{one.detail ? <div className="hub-small">{one.detail}</div> : null}</> },
          { key: 'duration', title: t('duration'), width: 90, align: 'right', render: (_, one) => <span className="hub-number">{t('ms', { ms: one.durationMs })}</span> },
          { key: 'next', title: t('nextAttempt'), width: 170, render: (_, one) => one.nextAttemptAt ? formatInstant(one.nextAttemptAt, language) : t('none') },
          { key: 'answer', title: t('answer'), width: 150, ellipsis: true, render: (_, one) => one.answer ? <code title={one.answer}>{one.answer}</code> : <span className="hub-small">{t('noAnswer')}</span> },
          { key: 'messageId', title: t('messageId'), width: 240, optional: true, render: (_, one) => <code>{one.messageId}</code> },
        ]} />
    </>
  )
}
