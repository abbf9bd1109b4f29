import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { useMeasures } from '../../api/catalog-queries'
import type { ScenarioMeasure } from '../../api/scenario-queries'
import { type Decimal, decimalText, parseDecimal } from '../../lib/decimal'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { scenarioTexts } from './scenario-texts'

/** What is filed every month, each from a baseline to a target. */
export function MeasuresField({ value, error, onChange }: { value: readonly ScenarioMeasure[]; error: string | undefined; onChange: (value: ScenarioMeasure[]) => void }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const filed = useMeasures().data?.items.filter((measure) => measure.filed) ?? []
  const put = (at: number, more: Partial<ScenarioMeasure>) => onChange(value.map((one, index) => (index === at ? { ...one, ...more } : one)))
  return (
    <div id="field/measures">
      <div className="hub-small">{t('measuresAbout')}</div>
      {error ? <div className="hub-wrong" role="alert">{error}</div> : null}
      <Flex vertical gap={10} style={{ marginBlockStart: 12 }}>
        {value.map((one, index) => {
          const measure = filed.find((known) => known.code === one.measure)
          const name = measure ? nameOf(measure, language) : one.measure
          const unit = measure ? pick({ zh: measure.unitZh, en: measure.unitEn }, language) : ''
          return (
            <fieldset key={one.measure} className="hub-measure">
              <legend>{name} <span className="hub-small">{unit}</span></legend>
              <label><span className="hub-small">{t('from')}</span><Amount value={one.baseline} onChange={(baseline) => put(index, { baseline })} /></label>
              <label><span className="hub-small">{t('fromPeriod')}</span><input className="hub-native" placeholder={t('periodHint')} maxLength={7} value={one.baselinePeriod ?? ''} onChange={(event) => put(index, { baselinePeriod: event.target.value || null })} /></label>
              <label><span className="hub-small">{t('to')}</span><Amount value={one.target} onChange={(target) => put(index, { target })} /></label>
              <label><span className="hub-small">{t('toOn')}</span><input type="date" className="hub-native" value={one.targetOn ?? ''} onChange={(event) => put(index, { targetOn: event.target.value || null })} /></label>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeMeasure', { name })} onClick={() => onChange(value.filter((_, at) => at !== index))} />
            </fieldset>
          )
        })}
        <Flex gap={8} align="center">
          <PlusOutlined />
          <Select id="input-measures" showSearch={{ optionFilterProp: 'label' }} aria-label={t('addMeasure')} placeholder={t('addMeasure')} style={{ width: 320 }} value={null} onChange={(code: string | null) => { if (code) onChange([...value, { measure: code }]) }}
            options={filed.filter((measure) => !value.some((one) => one.measure === measure.code)).map((measure) => ({ value: measure.code, label: nameOf(measure, language) }))} />
        </Flex>
      </Flex>
    </div>
  )
}

function Amount({ value, onChange }: { value: ScenarioMeasure['baseline'] | Decimal; onChange: (value: number | null) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  return <input className="hub-native hub-number" inputMode="decimal" value={typed ?? (value === null || value === undefined ? '' : decimalText(value))} onBlur={() => setTyped(null)}
    onChange={(event) => { setTyped(event.target.value); const number = parseDecimal(event.target.value); if (number !== null || event.target.value.trim() === '') onChange(number as number | null) }} />
}
