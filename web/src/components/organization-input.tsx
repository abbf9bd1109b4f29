import { OrganizationSelect } from './organization-select'

/** `OrganizationSelect` as the control of a form field, which hands value and onChange to it. */
export function OrganizationInput({ label, value = null, onChange, width = 460 }: { label: string; value?: number | null; onChange?: (id: number | null) => void; width?: number }) {
  return <OrganizationSelect label={label} value={value} width={width} onChange={(id) => onChange?.(id)} />
}
