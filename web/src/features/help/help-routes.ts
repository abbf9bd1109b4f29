import type { HubRoute } from '../../components/hub-route'

export const helpRoutes: HubRoute[] = [
  { path: '/help', title: { zh: '帮助', en: 'Help' }, page: () => import('./help-page') },
]
