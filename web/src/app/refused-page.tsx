import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

export default function RefusedPage() {
  const t = useTexts(shellTexts)
  return <Result status="403" title={<h1 className="hub-heading ant-typography">{t('refused')}</h1>} subTitle={t('refusedHint')} extra={<Link to="/"><Button type="primary">{t('backHome')}</Button></Link>} />
}
