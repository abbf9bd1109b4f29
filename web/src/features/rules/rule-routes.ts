import type { HubRoute } from '../../components/hub-route'

export const ruleRoutes: HubRoute[] = [
  { path: '/rule-sets', title: { zh: '校验规则', en: 'Rules' }, permission: 'rule.read', page: () => import('./rule-list-page') },
  { path: '/rule-sets/:id', title: { zh: '规则集', en: 'Rule set' }, permission: 'rule.read', parent: '/rule-sets', page: () => import('./rule-set-page') },
]
