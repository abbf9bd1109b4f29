import { Tag } from 'antd'
import type { ApiClient } from '../../api/api-client-queries'
import { today } from '../../lib/periods'
import { useTexts } from '../../lib/texts'
import { apiClientTexts } from './api-client-texts'

export function ApiClientState({ client }: { client: ApiClient }) {
  const t = useTexts(apiClientTexts)
  if (!client.enabled) return <Tag>{t('off')}</Tag>
  return client.expiresOn && client.expiresOn < today() ? <Tag color="orange">{t('expired')}</Tag> : <Tag color="green">{t('on')}</Tag>
}
