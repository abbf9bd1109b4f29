import { Checkbox } from 'antd'
import type { ReactNode } from 'react'

/** Several of some, as the control of a form field: a group may not carry `aria-required`, which the form would give it. */
export function CheckGroup({ id, value, onChange, className, children }: { id?: string; value?: string[]; onChange?: (values: string[]) => void; className?: string; children: ReactNode }) {
  return <Checkbox.Group {...(id ? { id } : {})} {...(value ? { value } : {})} {...(className ? { className } : {})} onChange={(values) => onChange?.(values)}>{children}</Checkbox.Group>
}
