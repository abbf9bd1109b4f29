import { Input, Select } from 'antd'
import { useIndustries, useRegions } from '../../api/catalog-queries'
import { FormField } from '../../components/form-field'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { organizationKinds, organizationTexts } from './organization-texts'

/** What is said of an organization; `within` is the place of a list's entry in the form, `pointer` that in the body. */
export function OrganizationFields({ within = [], pointer = '' }: { within?: (string | number)[]; pointer?: string }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const regions = useRegions().data?.items ?? []
  const industries = useIndustries().data?.items.filter((one) => one.isDivision) ?? []
  const at = (name: string) => ({ name: [...within, name], pointer: `${pointer}${name}` })
  const search = { optionFilterProp: 'label' as const }
  return (
    <div className="hub-form-columns">
      <FormField {...at('name')} label={t('name')} required extra={t('nameHint')}><Input maxLength={100} /></FormField>
      <FormField {...at('kind')} label={t('kind')} required><Select options={organizationKinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))} /></FormField>
      <FormField {...at('creditCode')} label={t('creditCode')} extra={t('creditCodeHint')}><Input maxLength={18} /></FormField>
      <FormField {...at('nameEn')} label={t('nameEn')}><Input maxLength={200} /></FormField>
      <FormField {...at('region')} label={t('region')}><Select allowClear showSearch={search} options={regions.map((one) => ({ value: one.code, label: nameOf(one, language) }))} /></FormField>
      <FormField {...at('industryDivision')} label={t('industry')}><Select allowClear showSearch={search} options={industries.map((one) => ({ value: one.code, label: `${one.code} ${nameOf(one, language)}` }))} /></FormField>
    </div>
  )
}
