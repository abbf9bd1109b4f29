import { message } from 'antd'
import { useEffect } from 'react'
import { hostNotices } from '../components/notify'

export default function NoticeHost() {
  const [api, holder] = message.useMessage()
  useEffect(() => hostNotices((notice) => void api.open({ type: notice.kind, content: notice.text })), [api])
  return holder
}
