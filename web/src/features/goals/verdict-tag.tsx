import { Tag } from 'antd'
import { useTexts } from '../../lib/texts'
import { goalTexts, verdictColors, type VerdictKey } from './goal-texts'

export function VerdictTag({ verdict }: { verdict: string | null | undefined }) {
  const t = useTexts(goalTexts)
  return <Tag color={verdictColors[verdict ?? ''] ?? 'default'} variant="outlined">{t(`verdict_${verdict ?? 'none'}` as VerdictKey)}</Tag>
}
