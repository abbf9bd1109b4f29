import { Breadcrumb, Button, Descriptions, Flex, Skeleton, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useIndustries, useRegions } from '../../api/catalog-queries'
import { useOrganization, type Organization } from '../../api/organization-queries'
import { useBranches, useOrganizationPath, useScenarioCount } from '../../api/organization-tree-queries'
import { useMay } from '../../api/session-queries'
import { PageState } from '../../components/page-state'
import { StatusTag } from '../../components/status-tag'
import { formatCount, formatDay } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { OrganizationDialog } from './organization-dialog'
import { OrganizationHistory } from './organization-history'
import { organizationTexts, organizationWord } from './organization-texts'
import { ReorganizeDialog } from './reorganize-dialog'

type Open = 'add' | 'revise' | 'move' | 'merge' | 'split' | null

/** One organization as it stands, what it may be done with, and what became of it. */
export function OrganizationDetail({ id, root, onSelect }: { id: number; root: number; onSelect: (id: number) => void }) {
  const query = useOrganization(id)
  return (
    <div className="hub-grid">
      <section className="hub-panel" aria-live="polite"><PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 8 }} />}>{(one) => <Facts one={one} root={root} onSelect={onSelect} />}</PageState></section>
      <OrganizationHistory id={id} onSelect={onSelect} />
    </div>
  )
}

function Facts({ one, root, onSelect }: { one: Organization; root: number; onSelect: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const may = useMay()
  const [open, setOpen] = useState<Open>(null)
  const path = useOrganizationPath(one.id, root).data ?? []
  const region = useRegions().data?.items.find((known) => known.code === one.region)
  const industry = useIndustries().data?.items.find((known) => known.code === one.industryDivision)
  const scenarios = useScenarioCount(one.id, may('scenario.read'))
  const below = useBranches([one.id], null).branches.get(one.id)
  const kind = organizationWord('kind', one.kind)
  const alive = one.closedOn === null
  const mayMove = may('organization.move') && alive && one.id !== root && one.parentId !== null
  const none = <Typography.Text type="secondary">{t('notGiven')}</Typography.Text>
  const go = (to: number, name: ReactNode) => <Button type="link" size="small" style={{ padding: 0, height: 'auto' }} onClick={() => onSelect(to)}>{name}</Button>
  return (
    <>
      <Flex justify="space-between" align="flex-start" gap={16} wrap>
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={2} style={{ margin: 0, fontSize: 20 }}>{language === 'en-US' && one.nameEn ? one.nameEn : one.name}</Typography.Title>
          <div className="hub-small" style={{ marginBlock: '2px 8px' }}>{language === 'en-US' && one.nameEn ? one.name : one.nameEn}</div>
          <Flex gap={4} wrap><StatusTag tone="info">{kind ? t(kind) : one.kind}</StatusTag>{one.closedOn ? <StatusTag tone="bad">{t('closedOn', { day: formatDay(one.closedOn, language) })}</StatusTag> : null}</Flex>
        </div>
        <Flex gap={8} wrap className="hub-no-print">
          {may('organization.manage') && alive ? <><Button type="primary" onClick={() => setOpen('add')}>{t('add')}</Button><Button onClick={() => setOpen('revise')}>{t('revise')}</Button></> : null}
          {mayMove ? (['move', 'merge', 'split'] as const).map((act) => <Button key={act} onClick={() => setOpen(act)}>{t(act)}</Button>) : null}
        </Flex>
      </Flex>
      {path.length > 1 && path.at(-1)?.id === one.id ? <nav aria-label={t('path')} style={{ marginBlockStart: 12 }}><Breadcrumb items={path.map((step) => ({ key: step.id, title: step.id === one.id ? step.name : go(step.id, step.name) }))} /></nav> : null}
      <Descriptions style={{ marginBlockStart: 16 }} size="small" bordered styles={{ label: { width: 170 } }} column={{ xs: 1, lg: 2 }} items={[
        { key: 'creditCode', label: t('creditCode'), children: one.creditCode ? <span className="hub-number">{one.creditCode}</span> : none },
        { key: 'level', label: t('level'), children: one.level === 0 ? t('root') : t('levelValue', { level: one.level }) },
        { key: 'region', label: t('region'), children: region ? nameOf(region, language) : one.region ?? none },
        { key: 'industry', label: t('industry'), children: industry ? `${industry.code} ${nameOf(industry, language)}` : one.industryDivision ?? none },
        { key: 'children', label: t('children'), children: below ? t('count', { count: formatCount(below.length) }) : '…' },
        { key: 'scenarios', label: t('scenarios'), children: typeof scenarios.data === 'number' ? <Link to={`/scenarios?organization=${one.id}`}>{t('count', { count: formatCount(scenarios.data) })}</Link> : '…' },
        ...(one.placedOn ? [{ key: 'placedOn', label: t('placedOn'), children: formatDay(one.placedOn, language) }] : []),
        ...(one.mergedInto ? [{ key: 'mergedInto', label: t('mergedInto'), children: <NameOf id={one.mergedInto} onSelect={onSelect} /> }] : []),
      ]} />
      <OrganizationDialog open={open === 'add' ? 'add' : open === 'revise' ? 'revise' : null} organization={one} onClose={() => setOpen(null)} onAdded={onSelect} />
      {open === 'move' || open === 'merge' || open === 'split' ? <ReorganizeDialog act={open} organization={one} parent={path.at(-2) ?? null} onClose={() => setOpen(null)} /> : null}
    </>
  )
}

function NameOf({ id, onSelect }: { id: number; onSelect: (id: number) => void }) {
  const other = useOrganization(id).data
  return <Button type="link" size="small" style={{ padding: 0, height: 'auto' }} onClick={() => onSelect(id)}>{other?.name ?? id}</Button>
}
