import { Navigate } from 'react-router'
import { useMay } from '../api/session-queries'
import { menu } from './menu'
import { RefusedPage } from './rare-pages'
import { routes } from './routes'

/** Whoever arrives lands on the first page of the menu that is his. */
export function HomePage() {
  const may = useMay()
  const first = menu.flatMap((group) => group.entries).find((entry) => routes.some((route) => route.path === entry.path && (!route.permission || may(route.permission))))
  return first ? <Navigate to={first.path} replace /> : <RefusedPage />
}
