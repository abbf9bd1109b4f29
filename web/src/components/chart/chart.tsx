import { BarChartOutlined, DownloadOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Flex, Skeleton, Table, Tooltip, Typography } from 'antd'
import type { ECBasicOption } from 'echarts/types/dist/shared'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTexts } from '../../lib/texts'
import { componentTexts } from '../component-texts'
import type { ChartHandle } from './chart-canvas'

const ChartCanvas = lazy(() => import('./chart-canvas'))

export type ChartTable = { columns: string[]; rows: (string | number)[][] }

/**
 * A chart in its panel. `table` is the same content as text: for screen readers, for copying, and for who would rather read.
 * `option` must be memoized; tooltips are `renderMode: 'richText'` (see `tooltip`).
 */
export function Chart({ title, description, option, table, height = 320, extra, onPick, stale = false }: {
  title: string; description: string; option: ECBasicOption; table: ChartTable; height?: number; extra?: ReactNode; onPick?: (name: string, data: unknown) => void; stale?: boolean
}) {
  const t = useTexts(componentTexts)
  const [asTable, setAsTable] = useState(false)
  const handle = useRef<ChartHandle>(null)
  const save = () => {
    if (!handle.current) return
    const link = document.createElement('a')
    link.href = handle.current.picture()
    link.download = `${title}.png`
    link.click()
  }
  return (
    <section className="hub-panel" aria-label={title} data-stale={stale || undefined}>
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBlockEnd: 12 }}>
        <Typography.Title level={2} className="hub-subheading">{title}</Typography.Title>
        <Flex gap={4} className="hub-no-print" align="center">{extra}
          <Tooltip title={asTable ? t('asChart') : t('asTable')}><Button type="text" icon={asTable ? <BarChartOutlined /> : <TableOutlined />} aria-label={`${asTable ? t('asChart') : t('asTable')}: ${title}`} onClick={() => setAsTable(!asTable)} /></Tooltip>
          <Tooltip title={t('savePicture')}><Button type="text" icon={<DownloadOutlined />} disabled={asTable} aria-label={`${t('savePicture')}: ${title}`} onClick={save} /></Tooltip>
        </Flex>
      </Flex>
      {asTable ? (
        <div style={{ height, overflow: 'auto' }} tabIndex={0} role="region" aria-label={title}>
          <Table size="small" pagination={false} rowKey={(row) => String(row[0])} dataSource={table.rows} columns={table.columns.map((column, index) => ({ title: column, key: column, align: index === 0 ? 'left' : 'right', render: (_: unknown, row: (string | number)[]) => row[index] }))} />
        </div>
      ) : table.rows.length === 0 ? <Flex align="center" justify="center" style={{ height }}><Typography.Text type="secondary">{t('chartEmpty')}</Typography.Text></Flex> : (
        <div style={{ height }}><Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}><ChartCanvas option={option} description={description} onPick={onPick} ref={handle} /></Suspense></div>
      )}
    </section>
  )
}

/** Tooltips drawn by the canvas: safe for any text, and no inline styles. */
export const tooltip = { renderMode: 'richText' as const, confine: true, backgroundColor: '#fff', borderColor: '#d0d5dd', textStyle: { color: '#1f2329', fontSize: 12 } }
