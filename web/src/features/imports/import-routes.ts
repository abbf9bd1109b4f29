import type { HubRoute } from '../../components/hub-route'

export const importRoutes: HubRoute[] = [{ path: '/imports', title: { zh: '批量导入', en: 'Import' }, permission: 'import.read', page: () => import('./import-page') }]
