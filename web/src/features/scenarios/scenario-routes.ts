import type { HubRoute } from '../../components/hub-route'

export const scenarioRoutes: HubRoute[] = [
  { path: '/scenarios', title: { zh: '应用场景', en: 'Scenarios' }, permission: 'scenario.read', page: () => import('./scenario-list-page') },
  { path: '/scenarios/new', title: { zh: '登记场景', en: 'Register a scenario' }, permission: 'scenario.write', parent: '/scenarios', page: () => import('./scenario-form-page') },
  { path: '/scenarios/:id', title: { zh: '场景详情', en: 'Scenario' }, permission: 'scenario.read', parent: '/scenarios', page: () => import('./scenario-page') },
  { path: '/scenarios/:id/edit', title: { zh: '填写登记表', en: 'Registration form' }, permission: 'scenario.write', parent: '/scenarios', page: () => import('./scenario-form-page') },
]
