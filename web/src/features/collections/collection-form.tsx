import { DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMeasures, useSectors } from '../../api/catalog-queries'
import { useAddCollection } from '../../api/collection-queries'
import { ProblemAlert } from '../../components/problem-alert'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { collectionTexts } from './collection-texts'

type Values = { name: string; months: [Dayjs, Dayjs]; days: [Dayjs, Dayjs]; locksOn?: Dayjs | null; sectors?: string[]; measures?: string[]; remindDays?: string[]; note?: string }

/** A new call for filings. */
export function CollectionForm({ open, onClose, onAdded }: { open: boolean; onClose: () => void; onAdded: (id: number) => void }) {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  const [form] = Form.useForm<Values>()
  const add = useAddCollection()
  const sectors = useSectors().data?.items.filter((one) => one.rolledUp) ?? []
  const measures = useMeasures().data?.items.filter((one) => one.filed) ?? []
  const day = (value: Dayjs) => value.format('YYYY-MM-DD')
  const send = (values: Values) => add.mutate({
    name: values.name, firstPeriod: values.months[0].format('YYYY-MM'), lastPeriod: values.months[1].format('YYYY-MM'), opensOn: day(values.days[0]), dueOn: day(values.days[1]),
    locksOn: values.locksOn ? day(values.locksOn) : null, organization: null, sectors: values.sectors?.length ? values.sectors : null, measures: values.measures?.length ? values.measures : null, extraMeasures: null,
    remindDays: values.remindDays?.map(Number) ?? null, note: values.note ?? null,
  }, { onSuccess: (added) => onAdded(added.id) })
  return (
    <Modal open={open} title={t('add')} width={640} okText={t('create')} confirmLoading={add.isPending} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      {add.error ? <ProblemAlert error={add.error} /> : null}
      <Form form={form} layout="vertical" preserve={false} onFinish={send} initialValues={{ remindDays: ['7', '1'] }}>
        <Form.Item name="name" label={t('name')} htmlFor="field/name" rules={[{ required: true, message: t('needName') }]}><Input id="field/name" maxLength={100} autoFocus /></Form.Item>
        <Form.Item name="months" label={t('period')} rules={[{ required: true, message: t('needMonths') }]}><DatePicker.RangePicker picker="month" maxDate={dayjs()} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="days" label={`${t('opensOn')} – ${t('dueOn')}`} rules={[{ required: true, message: t('needDates') }]}><DatePicker.RangePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="locksOn" label={t('locksOn')}><DatePicker placeholder={t('never')} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="sectors" label={t('sectors')}><Select mode="multiple" placeholder={t('allSectors')} options={sectors.map((one) => ({ value: one.code, label: nameOf(one, language) }))} /></Form.Item>
        <Form.Item name="measures" label={t('measures')}><Select mode="multiple" placeholder={t('allMeasures')} options={measures.map((one) => ({ value: one.code, label: nameOf(one, language) }))} /></Form.Item>
        <Form.Item name="remindDays" label={t('remindDays')}><Select mode="tags" options={['14', '7', '3', '1', '0'].map((value) => ({ value, label: value }))} /></Form.Item>
        <Form.Item name="note" label={t('note')}><Input.TextArea rows={2} maxLength={500} showCount /></Form.Item>
      </Form>
    </Modal>
  )
}
