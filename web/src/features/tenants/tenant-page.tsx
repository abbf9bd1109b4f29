import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { useAddTenant, useTenants, type NewTenant, type Tenant } from '../../api/user-queries'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { tenantTexts } from './tenant-texts'

export default function TenantPage() {
  const t = useTexts(tenantTexts)
  const language = useLanguage()
  const query = useTenants()
  const add = useAddTenant()
  const [adding, setAdding] = useState(false)
  const close = () => { add.reset(); setAdding(false) }
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={<Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>{t('add')}</Button>} />
      <div className="hub-panel">
        <PageState query={query}>
          {(tenants) => <ScrollTable<Tenant> label={t('title')} rowKey="id" pagination={false} scroll={{ x: 800 }} dataSource={tenants} columns={[
            { key: 'code', title: t('code'), width: 160, render: (_, one) => <code>{one.code}</code> },
            { key: 'nameZh', title: t('nameZh'), width: 240, dataIndex: 'nameZh' },
            { key: 'nameEn', title: t('nameEn'), dataIndex: 'nameEn' },
            { key: 'demo', title: t('isDemo'), width: 190, render: (_, one) => one.isDemo ? <span className="hub-demo">{t('demo')}</span> : null },
            { key: 'created', title: t('created'), width: 190, render: (_, one) => formatInstant(one.createdAt, language) },
          ]} />}
        </PageState>
      </div>
      <FormDialog<NewTenant> open={adding} title={t('add')} pending={add.isPending} error={add.error} initial={{ isDemo: false }} onCancel={close} onSubmit={(values) => add.mutate(values, { onSuccess: () => { notify('success', t('added')); close() } })}>
        <FormField name="code" label={t('code')} required extra={t('codeHint')} rules={[{ required: true, pattern: /^[a-z0-9-]{2,32}$/, message: t('codeWrong') }]}><Input maxLength={32} /></FormField>
        <div className="hub-form-columns">
          <FormField name="nameZh" label={t('nameZh')} required extra={t('nameHint')}><Input maxLength={100} /></FormField>
          <FormField name="nameEn" label={t('nameEn')} required><Input maxLength={200} /></FormField>
          <FormField name="adminUserName" label={t('adminUserName')} required><Input autoComplete="off" maxLength={64} /></FormField>
          <FormField name="adminPassword" label={t('adminPassword')} required extra={t('passwordHint')} rules={[{ required: true, min: 12, message: t('passwordShort') }]}><Input.Password autoComplete="new-password" maxLength={200} /></FormField>
        </div>
        <Form.Item name="isDemo" valuePropName="checked" extra={t('isDemoHint')}><Checkbox>{t('isDemo')}</Checkbox></Form.Item>
      </FormDialog>
    </>
  )
}
