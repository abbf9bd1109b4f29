import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, Grid } from 'antd'
import { useNavigate } from 'react-router'
import { useSession, useSignOut } from '../api/session-queries'
import { useTexts } from '../lib/texts'
import { type RoleKey, shellTexts } from './shell-texts'

export function UserMenu() {
  const t = useTexts(shellTexts)
  const session = useSession()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const wide = Grid.useBreakpoint().md ?? true
  const roles = session.roles.map((role) => t(`role_${role}` as RoleKey)).join(' · ')
  return (
    <Dropdown trigger={['click']} menu={{
      items: [
        { key: 'who', disabled: true, label: <div style={{ color: '#5a6270', cursor: 'default' }}>{session.userName}<br />{roles}<br />{session.organization.name}</div> },
        { type: 'divider' },
        { key: 'sign-out', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => { void navigate('/'); signOut.mutate() } },
      ],
    }}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('account')}: ${session.displayName}`}>{wide ? session.displayName : null}</Button>
    </Dropdown>
  )
}
