import { ApartmentOutlined, ApiOutlined, AppstoreOutlined, AuditOutlined, BarChartOutlined, BellOutlined, BookOutlined, CheckSquareOutlined, CloudUploadOutlined, DashboardOutlined, FieldTimeOutlined, FileTextOutlined, FlagOutlined, FormOutlined, HomeOutlined, KeyOutlined, QuestionCircleOutlined, SafetyOutlined, TeamOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { shellTexts } from './shell-texts'

type Group = { title: Extract<keyof typeof shellTexts.keys, `group${string}`>; entries: { path: string; icon: ReactNode }[] }

/**
 * The order of the side menu. Name and permission of an entry are those of its route: one that has no route yet, or that the reader may not open, is not shown.
 * The first entry a person may open is where he lands.
 */
export const menu: Group[] = [
  { title: 'groupWork', entries: [{ path: '/work', icon: <HomeOutlined /> }, { path: '/dashboard', icon: <DashboardOutlined /> }, { path: '/scenarios', icon: <AppstoreOutlined /> }, { path: '/filings', icon: <FormOutlined /> }, { path: '/standing', icon: <BarChartOutlined /> }, { path: '/imports', icon: <CloudUploadOutlined /> }] },
  { title: 'groupOversee', entries: [{ path: '/review', icon: <CheckSquareOutlined /> }, { path: '/collections', icon: <BellOutlined /> }, { path: '/goals', icon: <FlagOutlined /> }, { path: '/reports', icon: <FileTextOutlined /> }, { path: '/peers', icon: <BarChartOutlined /> }] },
  { title: 'groupManage', entries: [{ path: '/organizations', icon: <ApartmentOutlined /> }, { path: '/users', icon: <TeamOutlined /> }, { path: '/tenants', icon: <AppstoreOutlined /> }, { path: '/api-clients', icon: <KeyOutlined /> }, { path: '/webhooks', icon: <ApiOutlined /> }, { path: '/catalog', icon: <BookOutlined /> }, { path: '/rule-sets', icon: <SafetyOutlined /> }, { path: '/audit', icon: <AuditOutlined /> }, { path: '/jobs', icon: <FieldTimeOutlined /> }, { path: '/help', icon: <QuestionCircleOutlined /> }] },
]
