import { Alert, Button, DatePicker, Flex, Input } from 'antd'
import dayjs from 'dayjs'
import { useSession } from '../../api/session-queries'
import { PageHeader } from '../../components/page-header'
import { useAddress } from '../../lib/address'
import { formatDay } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { OrganizationDetail } from './organization-detail'
import { OrganizationFinds } from './organization-finds'
import { organizationTexts } from './organization-texts'
import { OrganizationTree } from './organization-tree'

/** The tree on the left, one organization on the right; which, and of what day, stands in the address. */
export default function OrganizationPage() {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const address = useAddress()
  const root = useSession().organization.id
  const q = address.get('q')?.trim() ?? ''
  const day = address.get('asOf')
  const asOf = day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null
  const selected = Number(address.get('organization')) || root
  const select = (id: number) => address.set({ organization: id === root ? null : String(id) })
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      {asOf ? <Alert type="info" showIcon style={{ marginBlockEnd: 16 }} title={t('asOfShown', { day: formatDay(asOf, language) })} action={<Button size="small" onClick={() => address.set({ asOf: null })}>{t('today')}</Button>} /> : null}
      <div className="hub-review hub-organizations">
        <section className="hub-panel hub-review-queue" aria-label={t('tree')}>
          <Flex gap={8} wrap role="search" style={{ marginBlockEnd: 12 }}>
            <Input.Search key={q} allowClear defaultValue={q} aria-label={t('search')} placeholder={t('search')} onSearch={(text) => address.set({ q: text.trim() || null }, { replace: true })} />
            <DatePicker aria-label={t('asOf')} placeholder={`${t('asOf')}: ${t('asOfNow')}`} value={asOf ? dayjs(asOf) : null} maxDate={dayjs()} style={{ width: '100%' }} onChange={(value: dayjs.Dayjs | null) => address.set({ asOf: value ? value.format('YYYY-MM-DD') : null })} />
          </Flex>
          {q ? <OrganizationFinds q={q} asOf={asOf} selected={selected} onSelect={select} /> : <OrganizationTree root={root} asOf={asOf} selected={selected} onSelect={select} />}
        </section>
        <OrganizationDetail key={selected} id={selected} root={root} onSelect={select} />
      </div>
    </>
  )
}
