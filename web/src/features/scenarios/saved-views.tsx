import { DeleteOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { recall, remember } from '../../lib/browser-store'
import { useTexts } from '../../lib/texts'
import { scenarioTexts } from './scenario-texts'
import { notify } from '../../components/notify'

type View = { name: string; search: string }

/** Filters under a name, kept in this browser; the address itself is the view, so a link shows a colleague the same. */
export function SavedViews({ icon }: { icon: ReactNode }) {
  const t = useTexts(scenarioTexts)
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [views, setViews] = useState<View[]>(read)
  const [name, setName] = useState('')
  const keep = (next: View[]) => { setViews(next); remember('views.scenarios', JSON.stringify(next)) }
  const save = () => {
    if (!name.trim()) return
    keep([...views.filter((view) => view.name !== name.trim()), { name: name.trim(), search: search.toString() }])
    setName('')
    notify('success', t('viewSaved'))
  }
  return (
    <Popover trigger="click" placement="bottomRight" content={
      <Flex vertical gap={8} style={{ width: 260 }}>
        {views.length === 0 ? <span className="hub-small">{t('noViews')}</span> : null}
        {views.map((view) => (
          <Flex key={view.name} justify="space-between" align="center">
            <Button type="link" style={{ paddingInline: 0 }} onClick={() => void navigate(`/scenarios?${view.search}`)}>{view.name}</Button>
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('removeView', { name: view.name })} onClick={() => keep(views.filter((one) => one !== view))} />
          </Flex>
        ))}
        <Flex gap={8}><Input aria-label={t('viewName')} placeholder={t('viewName')} maxLength={30} value={name} onChange={(event) => setName(event.target.value)} onPressEnter={save} /><Button onClick={save} disabled={!name.trim()}>{t('saveView')}</Button></Flex>
      </Flex>
    }><Button icon={icon}>{t('views')}</Button></Popover>
  )
}

function read(): View[] {
  try {
    return JSON.parse(recall('views.scenarios') ?? '[]') as View[]
  } catch {
    return []
  }
}
