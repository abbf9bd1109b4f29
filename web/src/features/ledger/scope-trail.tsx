import { Button, Flex } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import { useSectors } from '../../api/catalog-queries'
import { useOrganization } from '../../api/organization-queries'
import { useSession } from '../../api/session-queries'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'

/** How deep one has gone, and the way back up. */
export function ScopeTrail({ view }: { view: DashboardView }) {
  const t = useTexts(ledgerTexts)
  const language = useLanguage()
  const root = useSession().organization
  const here = useOrganization(view.organization ?? null).data
  const aboveId = here?.parentId ?? null
  const above = useOrganization(aboveId !== null && aboveId !== root.id ? aboveId : null).data
  const sector = useSectors().data?.items.find((known) => known.code === view.sector)
  if (!view.organization && !view.sector) return null
  return (
    <Flex gap={4} align="center" wrap role="group" aria-label={t('scope')} className="hub-scope">
      <Button type="link" size="small" onClick={() => view.set({ organization: null, sector: null, by: null })}>{root.name}</Button>
      {sector ? <><span aria-hidden>/</span><Button size="small" icon={<CloseOutlined />} iconPlacement="end" aria-label={`${t('removeSector')}: ${nameOf(sector, language)}`} onClick={() => view.set({ sector: null, by: null })}>{nameOf(sector, language)}</Button></> : null}
      {above && view.organization ? <><span aria-hidden>/</span><Button type="link" size="small" onClick={() => view.set({ organization: String(above.id) })}>{above.name}</Button></> : null}
      {here && view.organization ? <><span aria-hidden>/</span><strong>{here.name}</strong></> : null}
    </Flex>
  )
}
