import type { ApiClient } from '../../api/api-client-queries'
import { StatusTag } from '../../components/status-tag'
import { today } from '../../lib/periods'
import { useTexts } from '../../lib/texts'
import { apiClientTexts } from './api-client-texts'

export function ApiClientState({ client }: { client: ApiClient }) {
  const t = useTexts(apiClientTexts)
  if (!client.enabled) return <StatusTag>{t('off')}</StatusTag>
  return client.expiresOn && client.expiresOn < today() ? <StatusTag tone="warning">{t('expired')}</StatusTag> : <StatusTag tone="good">{t('on')}</StatusTag>
}
