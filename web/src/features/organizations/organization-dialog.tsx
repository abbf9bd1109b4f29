import { useState } from 'react'
import type { Organization } from '../../api/organization-queries'
import { useAddOrganization, useReviseOrganization, type NewOrganization } from '../../api/organization-tree-queries'
import { asProblem } from '../../api/problem'
import { useOrganization } from '../../api/organization-queries'
import { FormDialog } from '../../components/form-dialog'
import { notify } from '../../components/notify'
import { StaleDialog } from '../../components/stale-dialog'
import { useTexts } from '../../lib/texts'
import { OrganizationFields } from './organization-fields'
import { organizationTexts } from './organization-texts'

type Content = Omit<NewOrganization, 'parentId'>
const members = ['name', 'kind', 'creditCode', 'nameEn', 'region', 'industryDivision'] as const

/** Adds below an organization, or revises it. */
export function OrganizationDialog({ open, organization, onClose, onAdded }: { open: 'add' | 'revise' | null; organization: Organization; onClose: () => void; onAdded: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const add = useAddOrganization()
  const revise = useReviseOrganization()
  const current = useOrganization(organization.id)
  const [typed, setTyped] = useState<Content | null>(null)
  const close = () => { add.reset(); revise.reset(); setTyped(null); onClose() }
  const content = (values: Content): Content => ({ ...values, name: values.name.trim(), creditCode: values.creditCode?.trim() || null, nameEn: values.nameEn?.trim() || null, region: values.region ?? null, industryDivision: values.industryDivision ?? null })
  const send = (values: Content, version: number) => {
    setTyped(values)
    revise.mutate({ id: organization.id, version, changes: content(values) }, { onSuccess: () => { notify('success', t('revised')); close() } })
  }
  const stale = revise.error && asProblem(revise.error).isStale ? asProblem(revise.error) : null
  const labels: Record<(typeof members)[number], string> = { name: t('name'), kind: t('kind'), creditCode: t('creditCode'), nameEn: t('nameEn'), region: t('region'), industryDivision: t('industry') }
  return (
    <>
      <FormDialog<Content> key="add" open={open === 'add'} title={t('add')} about={t('addAbout', { name: organization.name })} width={720} initial={{ kind: organization.kind === 'group' || organization.kind === 'subsidiary' ? 'subsidiary' : 'group' }} pending={add.isPending} error={add.error} onCancel={close}
        onSubmit={(values) => add.mutate({ ...content(values), parentId: organization.id }, { onSuccess: (added) => { notify('success', t('added')); close(); onAdded(added.id) } })}><OrganizationFields /></FormDialog>
      <FormDialog<Content> key="revise" open={open === 'revise'} title={t('revise')} about={t('reviseAbout')} width={720} initial={organization} pending={revise.isPending} error={stale ? null : revise.error} onCancel={close} onSubmit={(values) => send(values, organization.version)}><OrganizationFields /></FormDialog>
      <StaleDialog open={stale !== null} version={stale?.currentVersion ?? 0} fields={members.map((member) => ({ key: member, label: labels[member], mine: typed?.[member] ?? '', theirs: current.data?.[member] ?? '' }))}
        onKeepMine={() => { if (typed) send(typed, stale?.currentVersion ?? organization.version) }} onTakeTheirs={() => { void current.refetch(); close() }} />
    </>
  )
}
