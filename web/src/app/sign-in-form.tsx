import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useSignIn } from '../api/session-queries'
import { ProblemAlert } from '../components/problem-alert'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

/** `userName` is given when a session ended: the page below belongs to that person. */
export function SignInForm({ userName }: { userName?: string }) {
  const t = useTexts(shellTexts)
  const signIn = useSignIn()
  return (
    <Form layout="vertical" size="large" requiredMark={false} initialValues={{ userName }} onFinish={(values: { userName: string; password: string }) => signIn.mutate(values)}>
      {signIn.error ? <ProblemAlert error={signIn.error} /> : null}
      <Form.Item name="userName" label={t('userName')} rules={[{ required: true, message: t('needUserName') }]}><Input prefix={<UserOutlined />} autoComplete="username" autoFocus={!userName} readOnly={userName !== undefined} /></Form.Item>
      <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('needPassword') }]}><Input.Password prefix={<LockOutlined />} autoComplete="current-password" autoFocus={userName !== undefined} /></Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>{t('signIn')}</Button>
    </Form>
  )
}
