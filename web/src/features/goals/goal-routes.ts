import type { HubRoute } from '../../components/hub-route'

export const goalRoutes: HubRoute[] = [
  { path: '/goals', title: { zh: '目标', en: 'Goals' }, permission: 'goal.read', page: () => import('./goal-list-page') },
  { path: '/goals/:id', title: { zh: '目标详情', en: 'Goal' }, permission: 'goal.read', parent: '/goals', page: () => import('./goal-page') },
]
