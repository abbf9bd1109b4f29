import { Modal, Table } from 'antd'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'

/** After a 412: what stands now beside what was typed, field by field; the person decides, nothing is overwritten or lost. */
export function StaleDialog({ open, version, fields, onKeepMine, onTakeTheirs }: {
  open: boolean; version: number; fields: readonly { key: string; label: string; mine: string; theirs: string }[]; onKeepMine: () => void; onTakeTheirs: () => void
}) {
  const t = useTexts(componentTexts)
  return (
    <Modal open={open} title={t('stale')} width={760} closable={false} mask={{ closable: false }} keyboard={false} onOk={onKeepMine} onCancel={onTakeTheirs} okText={t('keepMine')} cancelText={t('takeTheirs')}>
      <p>{t('staleHint', { version })}</p>
      <Table size="small" pagination={false} rowKey="key" dataSource={fields.filter((field) => field.mine !== field.theirs)}
        columns={[{ title: t('field'), dataIndex: 'label', width: 160 }, { title: t('mine'), dataIndex: 'mine' }, { title: t('theirs'), dataIndex: 'theirs' }]} />
    </Modal>
  )
}
