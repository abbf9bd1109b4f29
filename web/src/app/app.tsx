import { QueryClientProvider } from '@tanstack/react-query'
import { App as Messages, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect } from 'react'
import { RouterProvider } from 'react-router'
import { queryClient } from '../api/query-client'
import { styleNonce } from '../lib/style-nonce'
import { useLanguage } from '../lib/texts'
import { router } from './router'
import { theme } from './theme'

export function App() {
  const language = useLanguage()
  useEffect(() => {
    dayjs.locale(language === 'en-US' ? 'en' : 'zh-cn')
  }, [language])
  return (
    <ConfigProvider theme={theme} locale={language === 'en-US' ? enUS : zhCN} csp={{ nonce: styleNonce }} button={{ autoInsertSpace: false }} drawer={{ mask: { blur: false } }} modal={{ mask: { blur: false } }}>
      <Messages>
        <QueryClientProvider client={queryClient}><RouterProvider router={router} /></QueryClientProvider>
      </Messages>
    </ConfigProvider>
  )
}
