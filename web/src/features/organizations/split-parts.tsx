import { Button, Checkbox, Flex, Form, Select } from 'antd'
import { useState } from 'react'
import type { Organization } from '../../api/organization-queries'
import { useBranches, useScenariosOf } from '../../api/organization-tree-queries'
import { FormField } from '../../components/form-field'
import { useTexts } from '../../lib/texts'
import { OrganizationFields } from './organization-fields'
import { organizationTexts } from './organization-texts'

/** The new organizations of a split, and what each gets. */
export function SplitParts({ organization }: { organization: Organization }) {
  const t = useTexts(organizationTexts)
  const [typed, setTyped] = useState('')
  const children = useBranches([organization.id], null).branches.get(organization.id) ?? []
  const scenarios = useScenariosOf(organization.id, typed)
  // The filter counts those below as well; only its own can be given away.
  const own = scenarios.data?.items.filter((one) => one.organizationId === organization.id) ?? []
  return (
    <>
      <Form.List name="parts">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field, index) => (
              <fieldset key={field.key} className="hub-part">
                <legend><Flex gap={8} align="center"><strong>{t('part', { no: index + 1 })}</strong>{fields.length > 1 ? <Button size="small" type="link" onClick={() => remove(field.name)}>{t('removePart')}</Button> : null}</Flex></legend>
                <OrganizationFields within={[field.name]} pointer={`parts/${index}/`} />
                <FormField name={[field.name, 'children']} pointer={`parts/${index}/children`} label={t('partChildren')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={children.map((one) => ({ value: one.id, label: one.name }))} /></FormField>
                <FormField name={[field.name, 'scenarios']} pointer={`parts/${index}/scenarios`} label={t('partScenarios')}><Select mode="multiple" showSearch={{ filterOption: false, onSearch: setTyped }} loading={scenarios.isFetching} options={own.map((one) => ({ value: one.id, label: `${one.code} ${one.name}` }))} /></FormField>
              </fieldset>
            ))}
            <Button type="dashed" block disabled={fields.length >= 50} style={{ marginBlockEnd: 16 }} onClick={() => add({ kind: organization.kind })}>{t('addPart')}</Button>
          </>
        )}
      </Form.List>
      <Form.Item name="closes" valuePropName="checked"><Checkbox>{t('closes')}</Checkbox></Form.Item>
    </>
  )
}
