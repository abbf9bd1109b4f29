import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { lazy, Suspense, useEffect, useState } from 'react'
import { RouterProvider } from 'react-router'
import { queryClient } from '../api/query-client'
import { whenFirstNotice } from '../components/notify'
import { styleNonce } from '../lib/style-nonce'
import { useLanguage } from '../lib/texts'
import { router } from './router'
import { theme } from './theme'

const NoticeHost = lazy(() => import('./notice-host'))

export function App() {
  const language = useLanguage()
  useEffect(() => {
    dayjs.locale(language === 'en-US' ? 'en' : 'zh-cn')
  }, [language])
  const [notices, setNotices] = useState(false)
  useEffect(() => whenFirstNotice(() => setNotices(true)), [])
  return (
    <ConfigProvider theme={theme} locale={language === 'en-US' ? enUS : zhCN} csp={{ nonce: styleNonce }} button={{ autoInsertSpace: false }} drawer={{ mask: { blur: false } }} modal={{ mask: { blur: false } }}>
      <QueryClientProvider client={queryClient}><RouterProvider router={router} /></QueryClientProvider>
      {notices ? <Suspense><NoticeHost /></Suspense> : null}
    </ConfigProvider>
  )
}
