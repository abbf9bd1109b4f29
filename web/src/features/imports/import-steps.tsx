import { Steps } from 'antd'
import { useTexts } from '../../lib/texts'
import { importTexts } from './import-texts'

export function ImportSteps({ current, status = 'process' }: { current: 0 | 1 | 2 | 3; status?: 'process' | 'finish' | 'error' | 'wait' }) {
  const t = useTexts(importTexts)
  return <nav aria-label={t('steps')} className="hub-import-steps"><Steps size="small" current={current} status={status} items={[{ title: t('step1') }, { title: t('step2') }, { title: t('step3') }, { title: t('step4') }]} /></nav>
}
