import { defineTexts } from '../lib/texts'

export const formTexts = defineTexts('forms', {
  needed: '请填写{{label}}', save: '保存', cancel: '取消', optional: '选填',
  secretWarning: '密钥仅显示这一次', secretWarningHint: '关闭后无法再次查看,请立即保存到对接系统的密钥库;如已遗失,请作废并重新生成。', secret: '密钥', copy: '复制', copied: '已复制', stored: '我已妥善保存', secretLost: '密钥已生成,但应答在传输中丢失,无法再次显示。请作废此密钥并重新生成。',
  kind_organization: '单位', kind_scenario: '应用场景', kind_filing: '月度填报', kind_evidence: '佐证材料', kind_finding: '校验结果', kind_collection: '填报任务', kind_ruleSet: '规则集', kind_rehearsal: '规则试算', kind_peerRelease: '同业对标', kind_goal: '目标', kind_report: '报告', kind_user: '用户', kind_apiClient: '接口客户端', kind_webhook: 'Webhook', kind_tenant: '项目', kind_import: '导入', kind_session: '登录会话', kind_request: '请求', kind_route: '接口', kind_ledger: '账簿',
}, {
  needed: '{{label}} is needed', save: 'Save', cancel: 'Cancel', optional: 'optional',
  secretWarning: 'The secret is shown only now', secretWarningHint: 'Once closed it cannot be seen again. Store it in the secret store of the system that calls; if it is lost, withdraw it and make another.', secret: 'Secret', copy: 'Copy', copied: 'Copied', stored: 'I have stored it', secretLost: 'The secret was made, but its answer was lost on the way and cannot be shown again. Withdraw it and make another.',
  kind_organization: 'Organization', kind_scenario: 'Scenario', kind_filing: 'Filing', kind_evidence: 'Evidence', kind_finding: 'Finding', kind_collection: 'Collection', kind_ruleSet: 'Rule set', kind_rehearsal: 'Rehearsal', kind_peerRelease: 'Peer comparison', kind_goal: 'Goal', kind_report: 'Report', kind_user: 'User', kind_apiClient: 'API client', kind_webhook: 'Webhook', kind_tenant: 'Programme', kind_import: 'Import', kind_session: 'Session', kind_request: 'Request', kind_route: 'Route', kind_ledger: 'Ledger',
})

/** Kinds a change or an act can be about, in the order of the product. */
export const changeKinds = ['organization', 'scenario', 'filing', 'evidence', 'finding', 'collection', 'ruleSet', 'rehearsal', 'peerRelease', 'goal', 'report', 'user', 'apiClient', 'webhook', 'tenant'] as const

export function kindKey(kind: string): keyof typeof formTexts.keys | null {
  const key = `kind_${kind}`
  return key in formTexts.keys ? key as keyof typeof formTexts.keys : null
}
