import { InputNumber, Select, Switch } from 'antd'
import type { Rule, RuleChange } from '../../api/rule-queries'
import { ScrollTable } from '../../components/scroll-table'
import { StatusTag } from '../../components/status-tag'
import { approximate, decimalText } from '../../lib/decimal'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { ruleTexts, severities, severityKey } from './rule-texts'
import { SeverityTag } from './severity-tag'

/** The rules of a set; with `onChange`, its severities, switches and parameters are edited in place. */
export function RuleTable({ rules, changes = {}, onChange }: { rules: readonly Rule[]; changes?: Readonly<Record<string, RuleChange>>; onChange?: (rule: string, change: RuleChange) => void }) {
  const t = useTexts(ruleTexts)
  const language = useLanguage()
  const english = language === 'en-US'
  const severityOf = (rule: Rule) => changes[rule.id]?.severity ?? rule.severity
  const word = (severity: string) => { const key = severityKey(severity); return key ? t(key) : severity }
  return (
    <ScrollTable<Rule> label={t('rules')} size="middle" pagination={false} rowKey="id" dataSource={[...rules]} scroll={{ x: 1100 }} columns={[
      { key: 'rule', title: t('rule'), width: 220, render: (_, rule) => <><strong className="hub-number">{rule.id}</strong>{changes[rule.id] ? <StatusTag tone="info">{t('changed')}</StatusTag> : null}<div>{nameOf(rule, language)}</div></> },
      { key: 'severity', title: t('severity'), width: 150, render: (_, rule) => onChange ? <Select aria-label={`${rule.id} ${t('severity')}`} value={severityOf(rule)} style={{ width: 120 }} options={severities.map((severity) => ({ value: severity, label: t(`severity_${severity}`) }))} onChange={(severity: string) => onChange(rule.id, { severity })} />
        : <><SeverityTag severity={rule.severity} />{rule.severity !== rule.builtInSeverity ? <div className="hub-small">{t('builtInWas', { severity: word(rule.builtInSeverity) })}</div> : null}</> },
      { key: 'enabled', title: t('enabled'), width: 90, render: (_, rule) => onChange ? <Switch aria-label={`${rule.id} ${t('enabled')}`} checked={changes[rule.id]?.enabled ?? rule.enabled} onChange={(enabled) => onChange(rule.id, { enabled })} /> : rule.enabled ? <StatusTag tone="good">{t('enabled')}</StatusTag> : <StatusTag>{t('off')}</StatusTag> },
      { key: 'parameters', title: t('parameters'), width: 250, render: (_, rule) => rule.parameters.length === 0 ? <span className="hub-small">{t('none')}</span> : rule.parameters.map((parameter) => (
        <div key={parameter.name} className="hub-parameter">
          <div>{english ? parameter.labelEn : parameter.labelZh}{onChange ? null : <>: <strong className="hub-number">{decimalText(parameter.value)}</strong></>}</div>
          {onChange ? <InputNumber size="small" aria-label={`${rule.id} ${english ? parameter.labelEn : parameter.labelZh}`} min={approximate(parameter.min)} max={approximate(parameter.max)} value={approximate(changes[rule.id]?.parameters?.[parameter.name] ?? parameter.value)} style={{ width: 110 }} onChange={(value) => { if (value !== null) onChange(rule.id, { parameters: { [parameter.name]: value } }) }} /> : null}
          <div className="hub-small">{t('range', { min: decimalText(parameter.min), max: decimalText(parameter.max), value: decimalText(parameter.default) })}</div>
        </div>
      )) },
      { key: 'why', title: t('why'), width: 290, render: (_, rule) => <span className="hub-small">{english ? rule.whyEn : rule.whyZh}</span> },
      { key: 'right', title: t('right'), width: 290, render: (_, rule) => <span className="hub-small">{english ? rule.rightEn : rule.rightZh}</span> },
    ]} />
  )
}
