import { Form, type FormItemProps } from 'antd'
import type { ReactNode } from 'react'
import { useTexts } from '../lib/texts'
import { formTexts } from './form-texts'

/** A field of a form, which a refusal of the API finds by its pointer: `ProblemAlert` jumps to `field/name`. */
export function FormField({ name, pointer, label, required = false, children, ...rest }: Omit<FormItemProps, 'children' | 'label' | 'name'> & { name: string | number | (string | number)[]; pointer?: string; label: string; required?: boolean; children: ReactNode }) {
  const t = useTexts(formTexts)
  return (
    <div id={`field/${pointer ?? [name].flat().join('/')}`}>
      <Form.Item name={name} label={label} rules={required ? [{ required: true, message: t('needed', { label }) }] : []} {...rest}>{children}</Form.Item>
    </div>
  )
}
