import { createBrowserRouter } from 'react-router'
import { HomePage } from './home-page'
import { NotFoundPage, RouteFailure } from './rare-pages'
import { routed } from './routed-page'
import { routes } from './routes'
import { Shell } from './shell'

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <RouteFailure />,
    // Errors of a page keep the menu around it.
    children: [{ errorElement: <RouteFailure />, children: [{ index: true, element: <HomePage /> }, ...routes.map(routed), { path: '*', element: <NotFoundPage /> }] }],
  },
])
