import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'

/** The one heading of a page, what it is about in a line, and its actions. `main-heading` receives the focus after navigation. */
export function PageHeader({ title, about, actions }: { title: ReactNode; about?: ReactNode; actions?: ReactNode }) {
  return (
    <Flex justify="space-between" align="flex-start" gap={16} wrap style={{ marginBlockEnd: 20 }}>
      <div style={{ minWidth: 0, flex: '1 1 420px' }}>
        <Typography.Title level={1} id="main-heading" tabIndex={-1} className="hub-heading">{title}</Typography.Title>
        {about ? <Typography.Text type="secondary">{about}</Typography.Text> : null}
      </div>
      {actions ? <Flex gap={8} wrap className="hub-no-print">{actions}</Flex> : null}
    </Flex>
  )
}
