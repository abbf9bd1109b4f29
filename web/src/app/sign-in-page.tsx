import { Flex, Typography } from 'antd'
import { useEffect } from 'react'
import { useTexts } from '../lib/texts'
import { LanguageSwitch } from './language-switch'
import { shellTexts } from './shell-texts'
import { SignInForm } from './sign-in-form'

export default function SignInPage() {
  const t = useTexts(shellTexts)
  const title = t('signIn')
  useEffect(() => {
    document.title = `${title} · ScenarioHub`
  }, [title])
  return (
    <main className="hub-sign-in">
      <div className="hub-sign-in-brand"><strong>{t('product')}</strong><p>{t('tagline')}</p></div>
      <div className="hub-sign-in-form">
        <Flex justify="space-between" align="center" style={{ marginBlockEnd: 32 }}><Typography.Title level={1} className="hub-heading">{title}</Typography.Title><LanguageSwitch /></Flex>
        <SignInForm />
      </div>
    </main>
  )
}
