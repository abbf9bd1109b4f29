import { CopyOutlined } from '@ant-design/icons'
import { Alert, Button, Descriptions, Modal, Typography } from 'antd'
import { useTexts } from '../lib/texts'
import { formTexts } from './form-texts'

/** A secret, this once: it lives in the page's memory until the dialog is closed, nowhere else. An empty one was made, and lost on the way. */
export function SecretDialog({ secret, title, more = [], onClose }: { secret: string | null; title: string; more?: readonly { label: string; value: string }[]; onClose: () => void }) {
  const t = useTexts(formTexts)
  const copyable = (text: string) => <Typography.Text code style={{ wordBreak: 'break-all' }} copyable={{ text, tooltips: false, icon: [<span key="copy" className="hub-copy"><CopyOutlined aria-hidden /> {t('copy')}</span>, <span key="copied" className="hub-copy">{t('copied')}</span>] }}>{text}</Typography.Text>
  return (
    <Modal open={secret !== null} title={title} width={640} closable={false} keyboard={false} mask={{ closable: false }} destroyOnHidden footer={<Button type="primary" onClick={onClose}>{t('stored')}</Button>}>
      {secret === '' ? <Alert type="error" showIcon title={t('secretLost')} /> : <Alert type="warning" showIcon title={t('secretWarning')} description={t('secretWarningHint')} />}
      <Descriptions column={1} size="small" bordered style={{ marginBlock: 16 }} items={[...more.map((one) => ({ key: one.label, label: one.label, children: copyable(one.value) })), ...(secret ? [{ key: 'secret', label: t('secret'), children: copyable(secret) }] : [])]} />
    </Modal>
  )
}
