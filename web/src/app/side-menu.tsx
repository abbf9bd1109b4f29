import { NavLink } from 'react-router'
import { useMay } from '../api/session-queries'
import { pick, useLanguage, useTexts } from '../lib/texts'
import { menu } from './menu'
import { routes } from './routes'
import { shellTexts } from './shell-texts'

/** Plain links: they open in a new tab, and are read as what they are. */
export function SideMenu({ folded, onChoice }: { folded: boolean; onChoice?: () => void }) {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  const may = useMay()
  const groups = menu.map((group) => ({
    title: t(group.title),
    entries: group.entries.flatMap((entry) => {
      const route = routes.find((known) => known.path === entry.path)
      return route && (!route.permission || may(route.permission)) ? [{ ...entry, name: pick(route.title, language) }] : []
    }),
  })).filter((group) => group.entries.length > 0)
  return (
    <nav className="hub-menu" aria-label={t('menu')} data-folded={folded || undefined}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          {folded ? <hr /> : <div className="hub-menu-group">{group.title}</div>}
          <ul>{group.entries.map((entry) => <li key={entry.path}><NavLink to={entry.path} onClick={onChoice} {...(folded ? { 'aria-label': entry.name, title: entry.name } : {})}>{entry.icon}{folded ? null : <span>{entry.name}</span>}</NavLink></li>)}</ul>
        </section>
      ))}
    </nav>
  )
}
