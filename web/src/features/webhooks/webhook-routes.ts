import type { HubRoute } from '../../components/hub-route'

export const webhookRoutes: HubRoute[] = [
  { path: '/webhooks', title: { zh: 'Webhook', en: 'Webhooks' }, permission: 'webhook.read', page: () => import('./webhook-list-page') },
  { path: '/webhooks/:id', title: { zh: 'Webhook 详情', en: 'Webhook' }, permission: 'webhook.read', parent: '/webhooks', page: () => import('./webhook-page') },
]
