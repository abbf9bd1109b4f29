import type { Webhook } from '../../api/webhook-queries'
import { StatusTag } from '../../components/status-tag'
import { useTexts } from '../../lib/texts'
import { webhookTexts } from './webhook-texts'

export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useTexts(webhookTexts)
  if (!webhook.on) return <StatusTag>{t('off')}</StatusTag>
  return webhook.failingSince ? <StatusTag tone="warning">{t('failing')}</StatusTag> : <StatusTag tone="good">{t('on')}</StatusTag>
}
