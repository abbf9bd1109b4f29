import { Button, Flex } from 'antd'
import { lazy, Suspense } from 'react'
import { useSessionQuery } from '../api/session-queries'
import { asProblem } from '../api/problem'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'
import { Workplace } from './workplace'

const SignInPage = lazy(() => import('./sign-in-page'))

/** Who is not signed in sees the sign-in page at any address, and afterwards the page of that address. */
export function Shell() {
  const session = useSessionQuery()
  const t = useTexts(shellTexts)
  if (session.data) return <Workplace />
  if (session.data === null) return <Suspense><SignInPage /></Suspense>
  if (session.error) return <Flex component="main" vertical align="center" gap={16} style={{ paddingBlock: 120 }}><h1 className="hub-heading ant-typography">{t('serverDown')}</h1><p>{asProblem(session.error).message || t('serverDownHint')}</p><Button type="primary" onClick={() => void session.refetch()}>{t('reload')}</Button></Flex>
  return <div role="status" className="hub-waiting">{t('loading')}</div>
}
