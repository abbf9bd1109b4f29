import { Select } from 'antd'
import { useState } from 'react'
import { useOrganization, useOrganizationSearch } from '../api/organization-queries'

/** Finds an organization by its name. */
export function OrganizationSelect({ label, value, onChange, width = 220 }: { label: string; value: number | null; onChange: (id: number | null) => void; width?: number }) {
  const [typed, setTyped] = useState('')
  const found = useOrganizationSearch(typed)
  const chosen = useOrganization(value).data
  const options = [...(chosen && !found.data?.items.some((one) => one.id === chosen.id) ? [chosen] : []), ...(found.data?.items ?? [])]
  return (
    <Select<number> allowClear placeholder={label} aria-label={label} style={{ width }} value={value ?? undefined} loading={found.isFetching} popupMatchSelectWidth={320}
      showSearch={{ filterOption: false, onSearch: setTyped }} options={options.map((one) => ({ value: one.id, label: one.name }))} onChange={(id: number | undefined) => onChange(id ?? null)} />
  )
}
