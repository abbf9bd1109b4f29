import { Form, Modal } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTexts } from '../lib/texts'
import { formTexts } from './form-texts'
import { ProblemAlert } from './problem-alert'

/** A form over the page. It stays open, with what was typed, while the API refuses. */
export function FormDialog<T extends object>({ open, title, about, confirm, initial, pending = false, error, danger = false, width = 600, onSubmit, onCancel, children }: {
  open: boolean; title: string; about?: ReactNode; confirm?: string; initial?: Partial<T>; pending?: boolean; error?: unknown; danger?: boolean; width?: number
  onSubmit: (values: T) => void; onCancel: () => void; children: ReactNode
}) {
  const t = useTexts(formTexts)
  const id = `form-${useId().replace(/\W/g, '')}`
  return (
    <Modal open={open} title={title} width={width} onCancel={onCancel} okText={confirm ?? t('save')} cancelText={t('cancel')} okButtonProps={{ htmlType: 'submit', form: id, danger }} confirmLoading={pending} destroyOnHidden mask={{ closable: false }}>
      {about ? <p>{about}</p> : null}
      {error ? <ProblemAlert error={error} /> : null}
      <Form<T> id={id} name={id} layout="vertical" initialValues={initial} onFinish={onSubmit} scrollToFirstError style={{ marginBlockStart: 16 }}>{children}</Form>
    </Modal>
  )
}
