import { Skeleton, Tree } from 'antd'
import type { TreeDataNode } from 'antd'
import { useState } from 'react'
import { useOrganization, type Organization } from '../../api/organization-queries'
import { useBranches, useOrganizationPath } from '../../api/organization-tree-queries'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { StatusTag } from '../../components/status-tag'
import { useLanguage, useTexts } from '../../lib/texts'
import { organizationTexts } from './organization-texts'

/** Branches are read as they are opened; the way down to the chosen one is open. */
export function OrganizationTree({ root, asOf, selected, onSelect }: { root: number; asOf: string | null; selected: number; onSelect: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const [opened, setOpened] = useState<readonly number[]>([])
  const [closed, setClosed] = useState<readonly number[]>([])
  const top = useOrganization(root)
  const way = useOrganizationPath(selected, root).data ?? []
  const expanded = [...new Set([root, ...way.slice(0, -1).map((one) => one.id), ...opened])].filter((id) => !closed.includes(id))
  const { branches, failed } = useBranches(expanded, asOf)
  const node = (one: Organization): TreeDataNode => {
    const below = branches.get(one.id)
    return {
      key: one.id,
      title: <span className="hub-tree-name" title={one.name}>{language === 'en-US' && one.nameEn ? one.nameEn : one.name}{one.closedOn ? <StatusTag>{t('closed')}</StatusTag> : null}</span>,
      isLeaf: below?.length === 0,
      ...(below && below.length > 0 ? { children: below.map(node) } : {}),
    }
  }
  return (
    <PageState query={top} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>
      {(one) => (
        <>
          {failed ? <ProblemAlert error={failed} /> : null}
          <Tree blockNode height={Math.max(320, window.innerHeight - 300)} aria-label={t('tree')} treeData={[node(one)]} expandedKeys={expanded} selectedKeys={[selected]} motion={false}
            onSelect={(_, { node: chosen }) => onSelect(Number(chosen.key))}
            onExpand={(_, { node: turned, expanded: open }) => {
              const id = Number(turned.key)
              setOpened((before) => open ? [...before, id] : before.filter((other) => other !== id))
              setClosed((before) => open ? before.filter((other) => other !== id) : [...before, id])
            }} />
        </>
      )}
    </PageState>
  )
}
