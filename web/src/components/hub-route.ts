import type { ComponentType } from 'react'
import type { Permission } from '../api/generated/permission'
import type { Words } from '../lib/texts'

/** One page of a feature. `title` names it in the tab, the breadcrumbs and the menu (which lists paths; see app/menu.tsx). */
export type HubRoute = {
  path: string
  title: Words
  /** Without it the refused page is shown, and no menu entry. */
  permission?: Permission
  /** The page above it in the breadcrumbs, by path. */
  parent?: string
  page: () => Promise<{ default: ComponentType }>
}
