import { DatePicker, Form, Modal, Segmented, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useReportTemplates, useRequestReport } from '../../api/report-queries'
import { notify } from '../../components/notify'
import { OrganizationSelect } from '../../components/organization-select'
import { ProblemAlert } from '../../components/problem-alert'
import { lastFullMonth } from '../../lib/periods'
import { useTexts } from '../../lib/texts'
import { reportTexts } from './report-texts'

export function ReportForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(reportTexts)
  const templates = useReportTemplates().data ?? []
  const request = useRequestReport()
  const [form] = Form.useForm<{ template: string; period: Dayjs; format: string }>()
  const [organization, setOrganization] = useState<number | null>(null)
  const template = Form.useWatch('template', form) as string | undefined
  const formats = templates.find((one) => one.code === template)?.formats ?? templates[0]?.formats ?? []
  return (
    <Modal open={open} title={t('add')} okText={t('make')} confirmLoading={request.isPending} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      {request.error ? <ProblemAlert error={request.error} /> : null}
      <Form form={form} layout="vertical" preserve={false} initialValues={{ template: templates[0]?.code, period: dayjs(lastFullMonth()), format: 'docx' }}
        onFinish={(values) => request.mutate({ template: values.template, period: values.period.format('YYYY-MM'), format: values.format, organization }, { onSuccess: () => { notify('success', t('made')); onClose() } })}>
        <Form.Item name="template" label={t('template')}><Select options={templates.map((one) => ({ value: one.code, label: one.name }))} /></Form.Item>
        <Form.Item name="period" label={t('period')} rules={[{ required: true, message: t('needPeriod') }]}><DatePicker picker="month" maxDate={dayjs()} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="format" label={t('format')}><Segmented aria-label={t('format')} options={formats.map((format) => ({ value: format, label: format.toUpperCase() }))} /></Form.Item>
        <div className="ant-form-item-label" style={{ paddingBlockEnd: 8 }}>{t('organization')}</div>
        <OrganizationSelect label={t('ownOrganization')} value={organization} onChange={setOrganization} width={472} />
      </Form>
    </Modal>
  )
}
