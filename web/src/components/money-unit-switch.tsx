import { Segmented } from 'antd'
import { chooseMoneyUnit, moneyUnitNames, moneyUnits, useMoneyUnit } from '../lib/money-unit'
import { pick, useLanguage, useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'

export function MoneyUnitSwitch() {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  return <Segmented aria-label={t('moneyUnit')} value={useMoneyUnit()} onChange={chooseMoneyUnit} options={moneyUnits.map((unit) => ({ value: unit, label: pick(moneyUnitNames[unit], language) }))} />
}
