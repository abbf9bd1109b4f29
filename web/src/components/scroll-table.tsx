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
    // A copy of the header that measures the columns: nobody is to land in it.
    for (const copy of frame.current?.querySelectorAll('.ant-table-measure-row') ?? []) copy.setAttribute('inert', '')
  })
  return <div ref={frame}><Table<T> {...props} /></div>
}
