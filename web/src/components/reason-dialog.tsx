import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'
import { ProblemAlert } from './problem-alert'

/** Asks for a reason before something that others will read about: return, reject, lock, cancel. Stays open with the reason when the API refuses. */
export function ReasonDialog({ open, title, about, confirm, danger = false, required = true, maxLength = 500, pending = false, error, onConfirm, onCancel }: {
  open: boolean; title: string; about?: string; confirm?: string; danger?: boolean; required?: boolean; maxLength?: number; pending?: boolean; error?: unknown
  onConfirm: (reason: string) => void; onCancel: () => void
}) {
  const t = useTexts(componentTexts)
  const [reason, setReason] = useState('')
  const [touched, setTouched] = useState(false)
  const wrong = required && reason.trim() === '' ? t('reasonNeeded') : reason.length > maxLength ? t('reasonTooLong', { max: maxLength }) : null
  const send = () => { setTouched(true); if (!wrong) onConfirm(reason.trim()) }
  return (
    <Modal open={open} title={title} onCancel={onCancel} onOk={send} okText={confirm ?? t('confirm')} cancelText={t('cancel')} okButtonProps={{ danger }} confirmLoading={pending} destroyOnHidden
      afterOpenChange={(shown) => { if (!shown) { setReason(''); setTouched(false) } }}>
      {about ? <p>{about}</p> : null}
      {error ? <ProblemAlert error={error} /> : null}
      <label>{t('reason')}
        <Input.TextArea autoFocus rows={4} value={reason} status={touched && wrong ? 'error' : ''} aria-invalid={touched && wrong !== null} aria-describedby="reason-wrong"
          onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send() }} />
      </label>
      <div id="reason-wrong" role="alert" className="hub-wrong">{touched ? wrong : null}</div>
    </Modal>
  )
}
