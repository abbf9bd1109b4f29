import { Button, Result, Typography } from 'antd'
import { useRouteError } from 'react-router'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

/** What a bug of a page leaves on the screen; also a chunk that a new release has replaced. */
export default function RouteFailure() {
  const t = useTexts(shellTexts)
  const error = useRouteError()
  return <Result status="error" title={<h1 className="hub-heading ant-typography">{t('failed')}</h1>} subTitle={<>{t('failedHint')}<br /><Typography.Text code>{error instanceof Error ? error.message : String(error)}</Typography.Text></>} extra={<Button type="primary" onClick={() => window.location.reload()}>{t('reload')}</Button>} />
}
