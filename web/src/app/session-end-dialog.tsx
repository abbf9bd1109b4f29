import { Button, Modal } from 'antd'
import { useSession } from '../api/session-queries'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'
import { SignInForm } from './sign-in-form'

/** Over the page, which stays as it was; what was being sent goes on after signing in. */
export default function SessionEndDialog() {
  const t = useTexts(shellTexts)
  const session = useSession()
  return (
    <Modal open title={t('sessionEnded')} closable={false} keyboard={false} mask={{ closable: false }} footer={null} zIndex={3000} destroyOnHidden>
      <p>{t('sessionEndedHint')}</p>
      <SignInForm userName={session.userName} />
      <Button type="link" block style={{ marginBlockStart: 8 }} onClick={() => window.location.assign('/')}>{t('another')}</Button>
    </Modal>
  )
}
