import { StatusTag } from '../../components/status-tag'
import { useTexts } from '../../lib/texts'
import { ruleTexts, severityKey } from './rule-texts'

export function SeverityTag({ severity }: { severity: string }) {
  const t = useTexts(ruleTexts)
  const key = severityKey(severity)
  return <StatusTag tone={severity === 'blocker' ? 'bad' : severity === 'error' ? 'warning' : severity === 'warning' ? 'info' : 'plain'}>{key ? t(key) : severity}</StatusTag>
}
