import { DatePicker, Flex, Segmented, Select, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { useCodeName, useMeasures } from '../../api/catalog-queries'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { addMonths, lastFullMonth } from '../../lib/periods'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'

/** The switches of the dashboard: measure, months, book, tree, moment. */
export function ViewBar({ view }: { view: DashboardView }) {
  const t = useTexts(ledgerTexts)
  const language = useLanguage()
  const name = useCodeName()
  const measures = useMeasures().data?.items.filter((measure) => measure.rolledUp) ?? []
  const groups = [...new Set(measures.map((measure) => measure.group))]
  const last = lastFullMonth()
  const range = (from: string, to: string): [dayjs.Dayjs, dayjs.Dayjs] => [dayjs(from), dayjs(to)]
  return (
    <Flex className="hub-panel hub-view-bar hub-no-print" gap="12px 20px" wrap role="group" aria-label={t('view')}>
      <label>{t('measure')}
        <Select showSearch={{ optionFilterProp: 'label' }} value={view.measure} style={{ width: 200 }} aria-label={t('measure')} popupMatchSelectWidth={280} onChange={(measure: string) => view.set({ measure })}
          options={groups.map((group) => ({ label: name('measureGroup', group), title: name('measureGroup', group), options: measures.filter((measure) => measure.group === group).map((measure) => ({ value: measure.code, label: nameOf(measure, language) })) }))} />
      </label>
      <label>{t('months')}
        <DatePicker.RangePicker picker="month" allowClear={false} value={range(view.from, view.to)} style={{ width: 220 }} maxDate={dayjs(last)} aria-label={t('months')}
          presets={[{ label: t('latestMonth'), value: range(last, last) }, { label: t('thisYear'), value: range(`${last.slice(0, 4)}-01`, last) }, { label: t('last12'), value: range(addMonths(last, -11), last) }]}
          onChange={(value) => { if (value?.[0] && value[1]) view.set({ from: value[0].format('YYYY-MM'), to: value[1].format('YYYY-MM') }) }} />
      </label>
      <div><Tooltip title={t('bookHint')}><span>{t('book')}</span></Tooltip>
        <Segmented aria-label={t('book')} value={view.book} options={[{ value: 'approved', label: t('approved') }, { value: 'filed', label: t('filed') }]} onChange={(book) => view.set({ book: book === 'approved' ? null : book })} /></div>
      <div><Tooltip title={t('treeHint')}><span>{t('tree')}</span></Tooltip>
        <Segmented aria-label={t('tree')} value={view.tree} options={[{ value: 'restated', label: t('restated') }, { value: 'filed', label: t('treeFiled') }]} onChange={(tree) => view.set({ tree: tree === 'restated' ? null : tree })} /></div>
      <label><Tooltip title={t('asOfHint')}><span>{t('asOf')}</span></Tooltip>
        <DatePicker placeholder={t('asOfNow')} value={view.asOf && !/^\d+$/.test(view.asOf) ? dayjs(new Date(new Date(view.asOf).getTime() - 1)) : null} maxDate={dayjs()} style={{ width: 140 }} aria-label={t('asOf')}
          // The end of the day in Beijing.
          onChange={(day: dayjs.Dayjs | null) => view.set({ asOf: day ? `${day.format('YYYY-MM-DD')}T16:00:00Z` : null })} />
      </label>
      <div><span>{t('unit')}</span><MoneyUnitSwitch /></div>
    </Flex>
  )
}
