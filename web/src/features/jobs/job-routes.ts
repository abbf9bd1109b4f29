import type { HubRoute } from '../../components/hub-route'

export const jobRoutes: HubRoute[] = [
  { path: '/jobs', title: { zh: '后台任务', en: 'Background jobs' }, permission: 'job.read', page: () => import('./job-page') },
]
