import { Table, type TableProps } from 'antd'
import { useEffect, useRef } from 'react'

/** A table wider than its place: the part that scrolls can be reached and moved with the keyboard. */
export function ScrollTable<T extends object>({ label, ...props }: TableProps<T> & { label?: string }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    for (const part of frame.current?.querySelectorAll('.ant-table-content, .ant-table-body') ?? []) {
      part.setAttribute('tabindex', '0')
      if (label) { part.setAttribute('role', 'region'); part.setAttribute('aria-label', label) }
    }
  })
  return <div ref={frame}><Table<T> {...props} /></div>
}
