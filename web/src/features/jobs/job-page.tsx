import { Button, Typography } from 'antd'
import { PageHeader } from '../../components/page-header'
import { useTexts } from '../../lib/texts'
import { jobTexts } from './job-texts'

/** The panel is a page of the server's own, with scripts and styles of its own: it is gone to, not shown inside. */
export default function JobPage() {
  const t = useTexts(jobTexts)
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={<Button type="primary" href="/jobs-dashboard">{t('open')}</Button>} />
      <section className="hub-panel"><Typography.Paragraph style={{ margin: 0 }}>{t('what')}</Typography.Paragraph></section>
    </>
  )
}
