import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button, Flex, Grid, Layout } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link, Outlet } from 'react-router'
import { useSession } from '../api/session-queries'
import { useSessionEnded } from '../api/session-state'
import { recall, remember } from '../lib/browser-store'
import { nameOf, useLanguage, useTexts } from '../lib/texts'
import { Brand } from './brand'
import { LanguageSwitch } from './language-switch'
import { OfflineBanner } from './offline-banner'
import { Place } from './place'
import { SearchSlot } from './search-slot'
import { shellTexts } from './shell-texts'
import { SideMenu } from './side-menu'
import { UserMenu } from './user-menu'

const MenuDrawer = lazy(() => import('./menu-drawer'))
const SessionEndDialog = lazy(() => import('./session-end-dialog'))

/** The frame around every page: menu, top bar, breadcrumbs. */
export function Workplace() {
  const t = useTexts(shellTexts)
  const session = useSession()
  const language = useLanguage()
  const wide = Grid.useBreakpoint().lg ?? true
  const [folded, setFolded] = useState(recall('menuFolded') === 'yes')
  const ended = useSessionEnded()
  const [open, setOpen] = useState(false)
  const fold = () => { setFolded(!folded); remember('menuFolded', folded ? null : 'yes') }
  return (
    <Layout style={{ minHeight: '100%' }}>
      <a className="hub-skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus() }}>{t('skip')}</a>
      {wide ? (
        <Layout.Sider width={216} collapsedWidth={64} collapsed={folded} style={{ borderInlineEnd: '1px solid #e4e7ed', position: 'sticky', top: 0, height: '100vh', overflow: 'auto' }}>
          <Link to="/"><Brand folded={folded} /></Link>
          <SideMenu folded={folded} />
        </Layout.Sider>
      ) : open ? <Suspense><MenuDrawer onClose={() => setOpen(false)} /></Suspense> : null}
      <Layout>
        <Layout.Header style={{ borderBlockEnd: '1px solid #e4e7ed', position: 'sticky', top: 0, zIndex: 20 }}>
          <Flex align="center" justify="space-between" gap={16} style={{ height: '100%' }}>
            <Flex align="center" gap={12} style={{ minWidth: 0 }}>
              {wide ? <Button type="text" icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />} aria-label={folded ? t('unfold') : t('fold')} onClick={fold} />
                : <Button type="text" icon={<MenuOutlined />} aria-label={t('openMenu')} onClick={() => setOpen(true)} />}
              <strong style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', lineHeight: '24px' }}>{nameOf(session.tenant, language)}</strong>
              {session.tenant.isDemo ? <span className="hub-demo" title={t('demoHint')}>{t('demo')}</span> : null}
            </Flex>
            <Flex align="center" gap={8} style={{ flex: 'none' }}><SearchSlot /><LanguageSwitch /><UserMenu /></Flex>
          </Flex>
        </Layout.Header>
        <OfflineBanner />
        <main id="main" tabIndex={-1} className="hub-main" style={{ width: '100%', boxSizing: 'border-box' }}>
          <Place />
          <Outlet />
        </main>
      </Layout>
      {ended ? <Suspense><SessionEndDialog /></Suspense> : null}
    </Layout>
  )
}
