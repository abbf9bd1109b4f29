import { CloudUploadOutlined, FileDoneOutlined } from '@ant-design/icons'
import { Button, Checkbox, Flex, Radio } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import { type ImportSettings, useImports } from '../../api/import-queries'
import { useTexts } from '../../lib/texts'
import { formatBytes } from './import-look'
import { ImportSteps } from './import-steps'
import { importTexts } from './import-texts'

const MaxBytes = 200 * 1024 * 1024
export const sourceSpelling = /^[A-Za-z0-9._-]{1,32}$/

/** Which file, and what is to become of it. */
export function ImportFile({ file, settings, onFile, onSettings, onNext }: { file: File | null; settings: ImportSettings; onFile: (file: File | null) => void; onSettings: (settings: ImportSettings) => void; onNext: () => void }) {
  const t = useTexts(importTexts)
  const id = useId()
  const [over, setOver] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const take = (files: FileList | null) => {
    const first = files?.[0]
    if (!first) return
    const problem = first.size === 0 ? t('emptyFile') : first.size > MaxBytes ? t('tooLarge') : null
    setWrong(problem ?? (files.length > 1 ? t('oneFile') : null))
    onFile(problem ? null : first)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const sourceWrong = settings.source !== '' && !sourceSpelling.test(settings.source)
  const sources = [...new Set(useImports().data?.pages.flatMap((page) => page.items.flatMap((run) => run.source ?? [])) ?? [])]
  const next = () => {
    if (!file) setWrong(t('needFile'))
    else if (!sourceWrong) onNext()
  }
  return (
    <form className="hub-panel" noValidate onSubmit={(event) => { event.preventDefault(); next() }}>
      <ImportSteps current={0} />
      <div className="hub-import">
        <div>
          <label className="hub-drop" data-over={over || undefined} data-full={file ? true : undefined} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
            <input type="file" className="hub-hidden" accept=".xlsx,.csv,.txt,.json,.ndjson,.jsonl,.gz" aria-describedby={`${id}hint`} onChange={(event) => { take(event.target.files); event.target.value = '' }} />
            {file ? <FileDoneOutlined className="hub-drop-icon" /> : <CloudUploadOutlined className="hub-drop-icon" />}
            <strong className="hub-url">{file ? file.name : t('drop')}</strong>
            <span className="hub-small" id={`${id}hint`}>{file ? `${formatBytes(file.size)} · ${t('dropAgain')}` : t('dropHint')}</span>
          </label>
          <div className="hub-wrong" role="alert">{wrong}</div>
        </div>
        <Flex vertical gap={20}>
          <div role="radiogroup" aria-labelledby={`${id}kind`}>
            <div id={`${id}kind`} className="hub-import-label">{t('kind')}</div>
            <div className="hub-choices">
              {(['figures', 'scenarios'] as const).map((kind) => (
                <label key={kind} data-chosen={settings.kind === kind || undefined}><input type="radio" name={`${id}kinds`} checked={settings.kind === kind} onChange={() => onSettings({ ...settings, kind })} /><span><strong>{t(`kind_${kind}`)}</strong><span className="hub-small">{t(`kindHint_${kind}`)}</span></span></label>
              ))}
            </div>
          </div>
          <div>
            <label className="hub-import-label" htmlFor={`${id}source`}>{t('source')} <span className="hub-small">({t('optional')})</span></label>
            <input id={`${id}source`} className="hub-native" style={{ width: '100%', boxSizing: 'border-box' }} list={`${id}sources`} maxLength={32} autoComplete="off" spellCheck={false} value={settings.source} aria-invalid={sourceWrong} aria-describedby={`${id}about`} onChange={(event) => onSettings({ ...settings, source: event.target.value.trim() })} />
            <datalist id={`${id}sources`}>{sources.map((source) => <option key={source} value={source} />)}</datalist>
            <div id={`${id}about`} className={sourceWrong ? 'hub-wrong' : 'hub-small'} style={{ marginBlockStart: 4 }}>{sourceWrong ? t('sourceWrong') : t('sourceHint')}</div>
          </div>
          <div>
            <div id={`${id}problem`} className="hub-import-label">{t('onProblem')}</div>
            <Radio.Group aria-labelledby={`${id}problem`} value={settings.onProblem} onChange={(event) => onSettings({ ...settings, onProblem: event.target.value as ImportSettings['onProblem'] })}
              options={[{ value: 'refuseAll', label: t('onProblem_refuseAll') }, { value: 'skipRows', label: t('onProblem_skipRows') }]} />
          </div>
          {settings.kind === 'figures' ? <Checkbox checked={settings.submit} onChange={(event) => onSettings({ ...settings, submit: event.target.checked })}>{t('submit')} <span className="hub-small">{t('submitHint')}</span></Checkbox> : null}
        </Flex>
      </div>
      <Flex justify="flex-end" className="hub-import-foot"><Button type="primary" size="large" htmlType="submit">{t('next')}</Button></Flex>
    </form>
  )
}
