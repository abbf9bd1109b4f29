import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Grid } from 'antd'
import { useRef, useState } from 'react'
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
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  return (
    <div ref={frame} className="hub-user" onKeyDown={(event) => { if (event.key === 'Escape' && open) { setOpen(false); frame.current?.querySelector('button')?.focus() } }}
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false) }}>
      <Button type="text" icon={<UserOutlined />} aria-expanded={open} aria-controls="user-menu" aria-label={`${t('account')}: ${session.displayName}`} onClick={() => setOpen(!open)}>{wide ? session.displayName : null}</Button>
      {open ? (
        <div id="user-menu" className="hub-user-panel" tabIndex={-1}>
          <strong>{session.displayName}</strong>
          <span>{session.userName}</span>
          <span>{session.roles.map((role) => t(`role_${role}` as RoleKey)).join(' · ')}</span>
          <span>{session.organization.name}</span>
          <Button icon={<LogoutOutlined />} onClick={() => { void navigate('/'); signOut.mutate() }}>{t('signOut')}</Button>
        </div>
      ) : null}
    </div>
  )
}
