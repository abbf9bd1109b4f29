import { defineTexts } from '../../lib/texts'

export const reportTexts = defineTexts('reports', {
  title: '报告', about: '在后台生成,数据钉在一个结账号上,可随时重新核对', add: '生成报告', template: '模板', period: '报告月份', format: '格式', organization: '单位', ownOrganization: '本单位及下属', state: '状态', closing: '结账号', requestedAt: '申请时间', file: '文件', size: '大小', download: '下载', cancel: '取消', make: '开始生成', made: '已开始生成', cancelled: '已取消', needPeriod: '请选择报告月份', attempts: '第 {{count}} 次尝试', hash: '校验值 (SHA-256)',
  state_queued: '排队中', state_running: '生成中', state_done: '已完成', state_failed: '失败', state_cancelled: '已取消', compare: '与以往报告比较', compareTitle: '报告差异', earlier: '较早的报告', later: '较新的报告', measure: '指标', by: '按', bySector: '行业板块', byOrganization: '单位', byMonth: '月份', byGrade: '核实等级', before: '较早', after: '较新', change: '变动', name: '名称', noOther: '需要至少两份已完成的同类报告才能比较', kind_added: '新增', kind_restated: '订正', kind_reclassified: '重新归类', kind_moved: '划转', kind_retired: '停用', same: '所选报告之间没有变动', explain: '查看构成', onlyChanged: '仅看有变动的', choose: '请选择要比较的两份报告',
}, {
  title: 'Reports', about: 'Made in the background from figures pinned at one closing, so that they can always be checked again', add: 'New report', template: 'Template', period: 'Month', format: 'Format', organization: 'Organization', ownOrganization: 'Yours and all below', state: 'State', closing: 'Closing', requestedAt: 'Requested', file: 'File', size: 'Size', download: 'Download', cancel: 'Cancel', make: 'Make it', made: 'It is being made', cancelled: 'Cancelled', needPeriod: 'Choose the month', attempts: 'Attempt {{count}}', hash: 'Checksum (SHA-256)',
  state_queued: 'Queued', state_running: 'Being made', state_done: 'Done', state_failed: 'Failed', state_cancelled: 'Cancelled', compare: 'Compare with an earlier one', compareTitle: 'Difference of reports', earlier: 'Earlier report', later: 'Later report', measure: 'Measure', by: 'By', bySector: 'Sector', byOrganization: 'Organization', byMonth: 'Month', byGrade: 'Grade', before: 'Earlier', after: 'Later', change: 'Change', name: 'Name', noOther: 'Two finished reports of one kind are needed to compare', kind_added: 'Added', kind_restated: 'Restated', kind_reclassified: 'Reclassified', kind_moved: 'Moved', kind_retired: 'Retired', same: 'Nothing differs between the two', explain: 'Behind it', onlyChanged: 'Changed only', choose: 'Choose two reports to compare',
})

type Keys = keyof typeof reportTexts.keys
export type StateKey = Extract<Keys, `state_${string}`>
export type KindKey = Extract<Keys, `kind_${string}`>
