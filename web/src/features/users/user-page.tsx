import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Flex, Input, Modal } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../api/session-queries'
import { useAddUser, useDisableUser, useUsers, type NewUser, type User } from '../../api/user-queries'
import { CheckGroup } from '../../components/check-group'
import { DataTable } from '../../components/data-table'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { OrganizationInput } from '../../components/organization-input'
import { PageHeader } from '../../components/page-header'
import { ProblemAlert } from '../../components/problem-alert'
import { StatusTag } from '../../components/status-tag'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { grantable, isRole } from './user-roles'
import { userTexts } from './user-texts'

export default function UserPage() {
  const t = useTexts(userTexts)
  const language = useLanguage()
  const session = useSession()
  const may = useMay()('user.manage')
  const query = useUsers()
  const add = useAddUser()
  const disable = useDisableUser()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<User | null>(null)
  const close = () => { add.reset(); setAdding(false) }
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may ? <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>{t('add')}</Button> : null} />
      <DataTable<User> name="users" label={t('title')} query={query} rowKey={(one) => one.id} minWidth={960} columns={[
        { key: 'userName', title: t('userName'), fixedChoice: true, width: 220, render: (_, one) => <><strong className="hub-number">{one.userName}</strong>{one.id === session.userId ? <StatusTag tone="info">{t('you')}</StatusTag> : null}<div className="hub-small">{one.displayName}</div></> },
        { key: 'organization', title: t('organization'), width: 260, ellipsis: true, render: (_, one) => one.organizationName },
        { key: 'roles', title: t('roles'), width: 220, render: (_, one) => <Flex gap={4} wrap>{one.roles.map((role) => <StatusTag key={role}>{isRole(role) ? t(`role_${role}`) : role}</StatusTag>)}</Flex> },
        { key: 'lastSignIn', title: t('lastSignIn'), width: 180, render: (_, one) => one.lastSignedInAt ? formatInstant(one.lastSignedInAt, language) : <span className="hub-small">{t('never')}</span> },
        { key: 'state', title: t('state'), width: 100, render: (_, one) => one.isDisabled ? <StatusTag>{t('disabled')}</StatusTag> : <StatusTag tone="good">{t('active')}</StatusTag> },
        ...(may ? [{ key: 'act', title: t('act'), fixedChoice: true, width: 90, render: (_: unknown, one: User) => one.isDisabled || one.id === session.userId ? null : <Button type="link" danger size="small" aria-label={`${t('disable')} ${one.userName}`} onClick={() => setLeaving(one)}>{t('disable')}</Button> }] : []),
      ]} />
      <FormDialog<NewUser> open={adding} title={t('add')} pending={add.isPending} error={add.error} initial={{ organizationId: session.organization.id, roles: [] }} onCancel={close}
        onSubmit={(values) => add.mutate({ ...values, userName: values.userName.trim(), displayName: values.displayName.trim() }, { onSuccess: () => { notify('success', t('added')); close() } })}>
        <div className="hub-form-columns">
          <FormField name="userName" label={t('userName')} required extra={t('userNameHint')} rules={[{ required: true, pattern: /^[a-z0-9.-]{3,64}$/, message: t('userNameWrong') }]}><Input autoComplete="off" maxLength={64} /></FormField>
          <FormField name="displayName" label={t('displayName')} required><Input autoComplete="off" maxLength={100} /></FormField>
        </div>
        <FormField name="organizationId" label={t('organization')} required extra={t('organizationHint')}><OrganizationInput label={t('organization')} width={552} /></FormField>
        <FormField name="roles" label={t('roles')} required><CheckGroup className="hub-roles">{grantable(session.roles).map((role) => <Checkbox key={role} value={role}>{t(`role_${role}`)}<div className="hub-small">{t(`can_${role}`)}</div></Checkbox>)}</CheckGroup></FormField>
        <FormField name="password" label={t('password')} required extra={t('passwordHint')} rules={[{ required: true, min: 12, message: t('passwordShort') }]}><Input.Password autoComplete="new-password" maxLength={200} /></FormField>
      </FormDialog>
      <Modal open={leaving !== null} title={t('disableTitle', { name: leaving?.userName ?? '' })} okText={t('disable')} cancelText={t('cancel')} okButtonProps={{ danger: true }} confirmLoading={disable.isPending} onCancel={() => { disable.reset(); setLeaving(null) }}
        onOk={() => { if (leaving) disable.mutate(leaving.id, { onSuccess: () => { notify('success', t('disabledDone')); setLeaving(null) } }) }}>{disable.error ? <ProblemAlert error={disable.error} /> : null}<p>{t('disableAbout')}</p></Modal>
    </>
  )
}
