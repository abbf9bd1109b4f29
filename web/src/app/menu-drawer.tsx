import { Drawer } from 'antd'
import { Brand } from './brand'
import { SideMenu } from './side-menu'

/** The menu of a narrow screen. */
export default function MenuDrawer({ onClose }: { onClose: () => void }) {
  return <Drawer open onClose={onClose} placement="left" size={260} title={<Brand />} styles={{ body: { padding: 8 } }}><SideMenu folded={false} onChoice={onClose} /></Drawer>
}
