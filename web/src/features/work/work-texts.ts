import { defineTexts } from '../../lib/texts'

export const workTexts = defineTexts('work', {
  title: '我的工作台', about: '{{organization}} · 今天是 {{day}}', toGrid: '月度填报', register: '登记场景',
  owed: '待报送', owedHint: '条填报尚未提交', overdue: '已逾期', overdueHint: '条已过截止日', returned: '退回待改', returnedHint: '项需修改后重新提交', explain: '待说明', explainHint: '个问题需说明原因',
  tasks: '填报任务', noTasks: '没有待办的填报任务', noTasksHint: '上级单位发布新的填报任务后会显示在这里。', daysLeft: '还剩 {{count}} 天', lastDay: '今天截止', daysOver: '逾期 {{count}} 天', complete: '已报齐',
  due: '截止 {{day}}', period: '{{period}}', progress: '已提交 {{filed}} / {{owed}},已核定 {{approved}}', progressLabel: '提交进度', reminded: '最近催报 {{day}}', file: '去填报', look: '查看',
  returnedTitle: '退回修改', noReturned: '没有被退回的填报或场景', filing: '填报', scenario: '场景登记', reason: '退回原因:{{reason}}', reasonLoading: '正在读取退回原因', revise: '去修改',
  findings: '待说明的问题', noFindings: '没有待说明的问题', drafts: '草稿', noDrafts: '没有未提交的草稿', draftScenarios: '场景草稿', draftFilings: '填报草稿', continueDraft: '继续填写', allDrafts: '查看全部', updated: '{{at}} 保存',
  tour1: '待办一目了然', tour1About: '这里汇总待报送、已逾期、被退回和待说明的事项,点击数字即可到达。', tour2: '按任务填报', tour2About: '每项任务显示剩余天数和进度,点“去填报”进入表格,可用键盘录入,也可从 Excel 粘贴。', tour3: '新场景从这里登记', tour3About: '边填边存,断网或登录过期也不会丢失已填内容。', next: '下一步', previous: '上一步', finish: '知道了', tourLabel: '首次使用导览', more: '加载更多',
}, {
  title: 'My work', about: '{{organization}} · Today is {{day}}', toGrid: 'Monthly filing', register: 'Register a scenario',
  owed: 'To file', owedHint: 'filings not yet submitted', overdue: 'Overdue', overdueHint: 'filings past their due day', returned: 'Returned', returnedHint: 'to revise and submit again', explain: 'To explain', explainHint: 'findings waiting for a reason',
  tasks: 'Collections', noTasks: 'No collection is waiting for you', noTasksHint: 'New collections appear here as soon as they open.', daysLeft: '{{count}} days left', daysLeft_one: '{{count}} day left', lastDay: 'Due today', daysOver: '{{count}} days overdue', daysOver_one: '{{count}} day overdue', complete: 'Complete',
  due: 'Due {{day}}', period: '{{period}}', progress: '{{filed}} of {{owed}} submitted, {{approved}} approved', progressLabel: 'Progress of submission', reminded: 'Last reminded {{day}}', file: 'File now', look: 'Look',
  returnedTitle: 'Returned for revision', noReturned: 'Nothing was returned', filing: 'Filing', scenario: 'Scenario', reason: 'Returned because: {{reason}}', reasonLoading: 'Reading why it was returned', revise: 'Revise',
  findings: 'Findings to explain', noFindings: 'No finding waits for an explanation', drafts: 'Drafts', noDrafts: 'No draft is left unsubmitted', draftScenarios: 'Scenario drafts', draftFilings: 'Filing drafts', continueDraft: 'Continue', allDrafts: 'Show all', updated: 'Saved {{at}}',
  tour1: 'All that waits, at a glance', tour1About: 'What is due, overdue, returned or to be explained; a click on a number takes you there.', tour2: 'File by collection', tour2About: 'Each shows the days left and its progress. “File now” opens a grid for the keyboard, which also takes a block pasted from Excel.', tour3: 'Register new scenarios here', tour3About: 'The form saves itself; nothing is lost when the connection or the session ends.', next: 'Next', previous: 'Back', finish: 'Got it', tourLabel: 'First-visit tour', more: 'Load more',
})
