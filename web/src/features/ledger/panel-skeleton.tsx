import { Skeleton } from 'antd'

/** A panel of the height its content will have. */
export function PanelSkeleton({ height }: { height: number }) {
  return <div className="hub-panel"><Skeleton active title={{ width: 160 }} paragraph={false} style={{ height: 44 }} /><Skeleton.Node active style={{ width: '100%', height }} /></div>
}
