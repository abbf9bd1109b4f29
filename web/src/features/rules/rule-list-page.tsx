import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useDraftRuleSet, useRules, useRuleSets, type RuleSetLine } from '../../api/rule-queries'
import { useMay } from '../../api/session-queries'
import { DataTable } from '../../components/data-table'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { formatDay, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { RuleTable } from './rule-table'
import { ruleTexts } from './rule-texts'

export default function RuleListPage() {
  const t = useTexts(ruleTexts)
  const address = useAddress()
  const may = useMay()('rule.manage')
  const navigate = useNavigate()
  const draft = useDraftRuleSet()
  const [drafting, setDrafting] = useState(false)
  const close = () => { draft.reset(); setDrafting(false) }
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may ? <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDrafting(true)}>{t('draft')}</Button> : null} />
      <Tabs activeKey={address.get('view') === 'sets' ? 'sets' : 'rules'} destroyOnHidden onChange={(next) => address.set({ view: next === 'rules' ? null : next })} items={[{ key: 'rules', label: t('rules'), children: <InForce /> }, { key: 'sets', label: t('sets'), children: <Sets /> }]} />
      <FormDialog<{ note?: string }> open={drafting} title={t('draft')} about={t('draftAbout')} confirm={t('draft')} pending={draft.isPending} error={draft.error} onCancel={close}
        onSubmit={({ note }) => draft.mutate({ note: note?.trim() || null }, { onSuccess: (made) => { notify('success', t('drafted')); close(); void navigate(`/rule-sets/${made.id}`) } })}>
        <FormField name="note" label={t('note')} extra={t('noteHint')}><Input.TextArea rows={3} maxLength={1000} /></FormField>
      </FormDialog>
    </>
  )
}

function InForce() {
  const t = useTexts(ruleTexts)
  const language = useLanguage()
  return <div className="hub-panel"><PageState query={useRules()}>{(catalog) => <><p className="hub-small" style={{ marginBlockStart: 0 }}>{catalog.effectiveOn ? t('inForceSince', { no: catalog.ruleSet, day: formatDay(catalog.effectiveOn, language) }) : t('builtIn')}</p><RuleTable rules={catalog.items} /></>}</PageState></div>
}

function Sets() {
  const t = useTexts(ruleTexts)
  const language = useLanguage()
  const navigate = useNavigate()
  const query = useRuleSets()
  return (
    <DataTable<RuleSetLine> name="rule-sets" label={t('sets')} query={query} rowKey={(one) => one.id} onOpen={(one) => void navigate(`/rule-sets/${one.id}`)} columns={[
      { key: 'no', title: t('no'), width: 110, fixedChoice: true, render: (_, one) => <Link to={`/rule-sets/${one.id}`}>{t('setNo', { no: one.number })}</Link> },
      { key: 'state', title: t('state'), width: 150, render: (_, one) => <>{one.state === 'draft' ? <StatusTag tone="info">{t('state_draft')}</StatusTag> : <StatusTag>{t('state_published')}</StatusTag>}{one.inForce ? <StatusTag tone="good">{t('inForce')}</StatusTag> : null}</> },
      { key: 'effectiveOn', title: t('effectiveOn'), width: 140, render: (_, one) => one.effectiveOn ? formatDay(one.effectiveOn, language) : t('none') },
      { key: 'note', title: t('note'), width: 300, ellipsis: true, render: (_, one) => one.note ?? t('none') },
      { key: 'created', title: t('created'), width: 220, render: (_, one) => t('by', { who: one.createdByName ?? '', at: formatInstant(one.createdAt, language) }) },
      { key: 'published', title: t('published'), width: 220, render: (_, one) => one.publishedAt ? t('by', { who: one.publishedByName ?? '', at: formatInstant(one.publishedAt, language) }) : t('none') },
    ]} />
  )
}
