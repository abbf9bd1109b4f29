import { Tag } from 'antd'
import type { Webhook } from '../../api/webhook-queries'
import { useTexts } from '../../lib/texts'
import { webhookTexts } from './webhook-texts'

export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useTexts(webhookTexts)
  if (!webhook.on) return <Tag>{t('off')}</Tag>
  return webhook.failingSince ? <Tag color="orange">{t('failing')}</Tag> : <Tag color="green">{t('on')}</Tag>
}
