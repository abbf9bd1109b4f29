import { type ComponentType, lazy, Suspense } from 'react'

// Pages hardly anybody sees are no part of the first load.
function rare(page: () => Promise<{ default: ComponentType }>): ComponentType {
  const Page = lazy(page)
  return function Rare() {
    return <Suspense><Page /></Suspense>
  }
}

export const NotFoundPage = rare(() => import('./not-found-page'))
export const RefusedPage = rare(() => import('./refused-page'))
export const RouteFailure = rare(() => import('./route-failure'))
