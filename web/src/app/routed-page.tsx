import { Skeleton } from 'antd'
import { type ComponentType, lazy, Suspense } from 'react'
import type { RouteObject } from 'react-router'
import { useMay } from '../api/session-queries'
import { useTexts } from '../lib/texts'
import type { HubRoute } from '../components/hub-route'
import { RefusedPage } from './rare-pages'
import { shellTexts } from './shell-texts'

/** A route of a feature as the router wants it: its page in a chunk of its own, behind its permission. */
export function routed(route: HubRoute): RouteObject {
  const page = lazy(route.page)
  return { path: route.path, handle: route, element: <GatedPage route={route} page={page} /> }
}

function GatedPage({ route, page: Page }: { route: HubRoute; page: ComponentType }) {
  const may = useMay()
  const t = useTexts(shellTexts)
  if (route.permission && !may(route.permission)) return <RefusedPage />
  return <Suspense fallback={<div role="status" aria-label={t('loading')}><Skeleton active title={{ width: 240 }} paragraph={{ rows: 12 }} /></div>}><Page /></Suspense>
}
