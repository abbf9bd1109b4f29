import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

export default function NotFoundPage() {
  const t = useTexts(shellTexts)
  return <Result status="404" title={<h1 className="hub-heading ant-typography">{t('notFound')}</h1>} subTitle={t('notFoundHint')} extra={<Link to="/"><Button type="primary">{t('backHome')}</Button></Link>} />
}
