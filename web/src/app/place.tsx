import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useMatches } from 'react-router'
import type { HubRoute } from '../components/hub-route'
import { pick, useLanguage, useTexts } from '../lib/texts'
import { routes } from './routes'
import { shellTexts } from './shell-texts'

/** Where one is: the tab's title, breadcrumbs, and after each navigation the focus on the page and a word to screen readers. */
export function Place() {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  const { pathname } = useLocation()
  const route = useMatches().map((match) => match.handle as HubRoute | undefined).findLast(Boolean)
  const title = route ? pick(route.title, language) : t('product')
  const before = useRef(pathname)
  const [said, setSaid] = useState('')
  useEffect(() => {
    document.title = `${title} · ScenarioHub`
  }, [title])
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    window.scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
    setSaid(t('navigated', { title }))
  }, [pathname, title, t])
  const trail: HubRoute[] = []
  for (let at = route; at && trail.length < 5; at = routes.find((known) => known.path === trail[0]?.parent)) trail.unshift(at)
  return (
    <>
      <span className="hub-hidden" aria-live="polite">{said}</span>
      {trail.length > 1 ? (
        <nav className="hub-trail" aria-label={t('trail')}>
          <ol>{trail.map((step, index) => <li key={step.path} {...(index === trail.length - 1 ? { 'aria-current': 'page' } : {})}>{index < trail.length - 1 ? <Link to={step.path}>{pick(step.title, language)}</Link> : pick(step.title, language)}</li>)}</ol>
        </nav>
      ) : null}
    </>
  )
}
