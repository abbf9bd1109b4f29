import { Amount } from '../../components/amount'
import type { Decimal } from '../../lib/decimal'
import { useTexts } from '../../lib/texts'
import { goalTexts } from './goal-texts'

const signs: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=' }

/** ≥ 60 %. */
export function TargetValue({ comparator, target, unit }: { comparator: string | null; target: Decimal | null; unit: string }) {
  const t = useTexts(goalTexts)
  if (target === null) return <>{t('noTarget')}</>
  return <>{comparator === 'reach' ? t('reach') : signs[comparator ?? ''] ?? comparator} <Amount value={target} unit={unit} /></>
}
