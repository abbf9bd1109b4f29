import { Menu } from 'antd'
import { Link, useLocation } from 'react-router'
import { useMay } from '../api/session-queries'
import { pick, useLanguage, useTexts } from '../lib/texts'
import { menu } from './menu'
import { routes } from './routes'
import { shellTexts } from './shell-texts'

export function SideMenu({ folded, onChoice }: { folded: boolean; onChoice?: () => void }) {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  const { pathname } = useLocation()
  const may = useMay()
  const groups = menu.map((group) => ({
    key: group.title,
    type: 'group' as const,
    label: folded ? null : t(group.title),
    children: group.entries.flatMap((entry) => {
      const route = routes.find((known) => known.path === entry.path)
      if (!route || (route.permission && !may(route.permission))) return []
      const name = pick(route.title, language)
      return [{ key: entry.path, icon: entry.icon, title: name, label: <Link to={entry.path}>{name}</Link> }]
    }),
  })).filter((group) => group.children.length > 0)
  const selected = groups.flatMap((group) => group.children).map((entry) => entry.key).filter((path) => pathname === path || pathname.startsWith(`${path}/`))
  return <nav aria-label={t('menu')}><Menu mode="inline" inlineCollapsed={folded} selectedKeys={selected} items={groups} style={{ borderInlineEnd: 0 }} {...(onChoice ? { onClick: onChoice } : {})} /></nav>
}
