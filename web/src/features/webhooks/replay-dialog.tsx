import { DatePicker, Flex, InputNumber, Modal, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useReplayWebhook } from '../../api/webhook-queries'
import { notify } from '../../components/notify'
import { ProblemAlert } from '../../components/problem-alert'
import { useTexts } from '../../lib/texts'
import { webhookTexts } from './webhook-texts'

type Way = 'failedSince' | 'from' | 'change'

/** Sends again what was sent: what failed, one change, or all from one on. */
export function ReplayDialog({ open, webhook, onClose }: { open: boolean; webhook: number; onClose: () => void }) {
  const t = useTexts(webhookTexts)
  const replay = useReplayWebhook()
  const [way, setWay] = useState<Way>('failedSince')
  const [no, setNo] = useState<number | null>(null)
  const [since, setSince] = useState<dayjs.Dayjs>(() => dayjs().subtract(1, 'day'))
  const close = () => { replay.reset(); onClose() }
  const send = () => replay.mutate({ id: webhook, body: way === 'failedSince' ? { failedSince: since.toISOString() } : way === 'from' ? { from: no } : { change: no } }, {
    onSuccess: ({ changes }) => { notify('success', changes === null ? t('replayedFrom') : t('replayed', { count: changes })); close() },
  })
  return (
    <Modal open={open} title={t('replayTitle')} okText={t('replay')} cancelText={t('cancel')} confirmLoading={replay.isPending} okButtonProps={{ disabled: way !== 'failedSince' && no === null }} onOk={send} onCancel={close}>
      <p>{t('replayAbout')}</p>
      {replay.error ? <ProblemAlert error={replay.error} /> : null}
      <Radio.Group value={way} onChange={(event) => setWay(event.target.value as Way)}><Flex vertical gap={8}><Radio value="failedSince">{t('replayFailed')}</Radio><Radio value="from">{t('replayFrom')}</Radio><Radio value="change">{t('replayOne')}</Radio></Flex></Radio.Group>
      <div style={{ marginBlockStart: 16 }}>
        {way === 'failedSince' ? <DatePicker aria-label={t('since')} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} maxDate={dayjs()} value={since} onChange={(value: dayjs.Dayjs | null) => { if (value) setSince(value) }} />
          : <InputNumber aria-label={t('changeNo')} placeholder={t('changeNo')} min={1} precision={0} value={no} style={{ width: 220 }} onChange={(value) => setNo(value)} />}
      </div>
    </Modal>
  )
}
