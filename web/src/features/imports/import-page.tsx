import { DownloadOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { type Import, type ImportSettings, useSendImport } from '../../api/import-queries'
import { useMay } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { useAddress } from '../../lib/address'
import { useTexts } from '../../lib/texts'
import { ImportColumns } from './import-columns'
import { ImportFile } from './import-file'
import { ImportList } from './import-list'
import { ImportRun } from './import-run'
import { importTexts } from './import-texts'

/** From a file to what it becomes: choose, map, check, write. The import that is looked at stands in the address bar; the file itself stays with the page. */
export default function ImportPage() {
  const t = useTexts(importTexts)
  const may = useMay()('import.write')
  const address = useAddress()
  const [file, setFile] = useState<File | null>(null)
  const [settings, setSettings] = useState<ImportSettings>({ kind: 'figures', source: '', onProblem: 'refuseAll', submit: false })
  const [sent, setSent] = useState<number | null>(null)
  const send = useSendImport()
  const stop = useRef<AbortController | null>(null)
  const run = /^[1-9]\d{0,15}$/.test(address.get('import') ?? '') ? Number(address.get('import')) : null

  const check = (what: ImportSettings) => {
    if (!file) return
    const control = stop.current = new AbortController()
    setSettings(what)
    send.mutate({ file, settings: what, signal: control.signal }, {
      onSuccess: ({ id }) => { setSent(id); address.set({ import: String(id), step: null, severity: null }) },
      onError: () => { if (control.signal.aborted) { send.reset(); notify('info', t('uploadStopped')) } },
    })
  }
  const begin = (from?: Import, step: 'columns' | null = null) => {
    if (from) setSettings({ kind: from.kind === 'scenarios' ? 'scenarios' : 'figures', source: from.source ?? '', onProblem: from.onProblem === 'skipRows' ? 'skipRows' : 'refuseAll', submit: from.submit })
    if (!step || from?.id !== sent) setFile(null)
    send.reset()
    address.set({ import: null, severity: null, step: step && from?.id === sent ? step : null })
  }

  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={<>
        <Button icon={<DownloadOutlined />} href="/api/v1/imports/template.xlsx" download>{t('template')}</Button>
        {run !== null && may ? <Button icon={<PlusOutlined />} onClick={() => begin()}>{t('another')}</Button> : null}
      </>} />
      {run !== null
        ? <ImportRun key={run} id={run} sending={send} onCorrect={begin} onMap={(from) => begin(from, 'columns')} onSkip={run === sent && file ? () => check({ ...settings, onProblem: 'skipRows' }) : null} />
        : !may ? null
        : address.get('step') === 'columns' && file
          ? <ImportColumns file={file} settings={settings} sending={send} onSettings={setSettings} onBack={() => address.set({ step: null })} onCheck={() => check(settings)} onStop={() => stop.current?.abort()} />
          : <ImportFile file={file} settings={settings} onFile={setFile} onSettings={setSettings} onNext={() => address.set({ step: 'columns' })} />}
      {run === null && !(may && file && address.get('step') === 'columns') ? <ImportList onOpen={(id) => address.set({ import: String(id), step: null })} /> : null}
    </>
  )
}
