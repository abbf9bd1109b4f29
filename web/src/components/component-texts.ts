import { defineTexts } from '../lib/texts'

export const componentTexts = defineTexts('components', {
  loading: '正在加载', empty: '没有数据', emptyFiltered: '没有符合筛选条件的记录', clearFilters: '清除筛选', retry: '重试', more: '加载更多', total: '共 {{count}} 条',
  failed: '加载失败', refused: '没有权限', refusedHint: '您的角色不能查看此内容。如需开通,请联系本单位管理员。', missing: '找不到该内容', missingHint: '它可能已被移除,或不在您的管辖范围内。',
  offline: '网络连接已断开', offlineHint: '已填写的内容仍保留在页面上,恢复连接后请重试。', trace: '请求编号 {{trace}}', unexpected: '页面出现异常', problems: '有 {{count}} 处需要修改',
  goTo: '定位到此项', moneyUnit: '金额单位', noValue: '未报', coverage: '覆盖 {{has}} / {{expected}}', coverageNone: '未要求填报',
  reported: '已报', zero: '零报', missingFigures: '未报', exempt: '免报', notDue: '未到期', withheld: '保密', grades: '核实等级构成', gradeShare: '{{grade}} {{share}}',
  bound: '若未报数补齐,约在 {{low}} 至 {{high}} 之间', explain: '查看构成', explanation: '数据构成', formula: '计算公式', book: '账套', approved: '核定账', filed: '申报账', months: '期间', tree: '组织口径', restated: '现行口径', treeFiled: '当期口径', through: '截至分录', exact: '精确值',
  parts: '组成部分', entries: '明细分录', entryCount: '共 {{count}} 条分录', hidden: '您无权查看的 {{count}} 条分录', hiddenHint: '这些分录属于您管辖范围之外的单位,仅以合计列示。', whatIsMissing: '未报情况',
  period: '期间', organization: '单位', scenario: '应用场景', grade: '核实等级', quantity: '数值', cause: '原因', entryNo: '分录号', posted: '记账时间', denominator: '分母', role: '作用', measure: '指标', amount: '金额', sum: '求和项', numerator: '分子', denominatorRole: '分母',
  cause_called: '发起填报', cause_fellDue: '到期未报', cause_exempted: '免报', cause_calledOff: '撤销填报', cause_submitted: '提交', cause_approved: '核定', cause_returned: '退回', cause_corrected: '订正', cause_correctionReturned: '订正退回', cause_reclassified: '重新归类', cause_stageChanged: '阶段变更', cause_retired: '停用', cause_gradeRaised: '等级提升', cause_gradeLowered: '等级下调', cause_merged: '合并', cause_split: '分立', cause_moved: '划转', state_missing: '未报', state_notDue: '未到期', yes: '是', no: '否', notGiven: '未填',
  columns: '显示列', resetColumns: '恢复默认', savePicture: '保存图片', asTable: '查看表格', asChart: '查看图形', chartEmpty: '没有可绘制的数据', confirm: '确定', cancel: '取消', close: '关闭', reason: '原因', reasonNeeded: '请填写原因', reasonTooLong: '不能超过 {{max}} 个字',
  stale: '内容已被他人修改', staleHint: '您打开后,此记录已由他人保存为第 {{version}} 版。请比较差异,再决定保留哪一份。', field: '字段', mine: '我的修改', theirs: '对方版本', keepMine: '保留我的修改', takeTheirs: '采用对方版本', demo: '演示数据',
}, {
  loading: 'Loading', empty: 'Nothing here yet', emptyFiltered: 'Nothing matches the filters', clearFilters: 'Clear filters', retry: 'Try again', more: 'Load more', total: '{{count}} in all',
  failed: 'Could not be loaded', refused: 'Not permitted', refusedHint: 'Your roles do not let you see this. Ask your administrator if you need it.', missing: 'Not found', missingHint: 'It may have been removed, or lie outside your organizations.',
  offline: 'No connection', offlineHint: 'What you typed is still on the page; try again once you are connected.', trace: 'Request {{trace}}', unexpected: 'Something went wrong on this page', problems: '{{count}} entries need attention', problems_one: 'One entry needs attention',
  goTo: 'Go to this field', moneyUnit: 'Unit of amounts', noValue: 'Missing', coverage: 'Coverage {{has}} / {{expected}}', coverageNone: 'Nothing asked for',
  reported: 'Reported', zero: 'Reported zero', missingFigures: 'Missing', exempt: 'Exempt', notDue: 'Not due', withheld: 'Withheld', grades: 'By grade', gradeShare: '{{grade}} {{share}}',
  bound: 'With the missing figures, between {{low}} and {{high}}', explain: 'What is behind it', explanation: 'What is behind this figure', formula: 'Formula', book: 'Book', approved: 'Approved', filed: 'Filed', months: 'Months', tree: 'Organizations', restated: 'As restated', treeFiled: 'As filed', through: 'Through entry', exact: 'Exact value',
  parts: 'Parts', entries: 'Entries', entryCount: '{{count}} entries', entryCount_one: '{{count}} entry', hidden: '{{count}} entries you may not see', hidden_one: '{{count}} entry you may not see', hiddenHint: 'They belong to organizations outside yours and appear as one sum.', whatIsMissing: 'What is missing',
  period: 'Period', organization: 'Organization', scenario: 'Scenario', grade: 'Grade', quantity: 'Quantity', cause: 'Cause', entryNo: 'Entry', posted: 'Posted', denominator: 'Denominator', role: 'Role', measure: 'Measure', amount: 'Amount', sum: 'Sum', numerator: 'Numerator', denominatorRole: 'Denominator',
  cause_called: 'Called for', cause_fellDue: 'Fell due', cause_exempted: 'Exempted', cause_calledOff: 'Called off', cause_submitted: 'Submitted', cause_approved: 'Approved', cause_returned: 'Returned', cause_corrected: 'Corrected', cause_correctionReturned: 'Correction returned', cause_reclassified: 'Reclassified', cause_stageChanged: 'Stage changed', cause_retired: 'Retired', cause_gradeRaised: 'Grade raised', cause_gradeLowered: 'Grade lowered', cause_merged: 'Merged', cause_split: 'Split', cause_moved: 'Moved', state_missing: 'Missing', state_notDue: 'Not due', yes: 'Yes', no: 'No', notGiven: 'Not given',
  columns: 'Columns', resetColumns: 'Default columns', savePicture: 'Save picture', asTable: 'View as table', asChart: 'View as chart', chartEmpty: 'Nothing to draw', confirm: 'Confirm', cancel: 'Cancel', close: 'Close', reason: 'Reason', reasonNeeded: 'A reason is needed', reasonTooLong: 'At most {{max}} characters',
  stale: 'Changed by somebody else', staleHint: 'Since you opened it, somebody saved version {{version}}. Compare the two and decide which to keep.', field: 'Field', mine: 'Yours', theirs: 'Theirs', keepMine: 'Keep mine', takeTheirs: 'Take theirs', demo: 'Demonstration data',
})

/** Words for the cause of an entry and the state of a figure, of which some are no entries of the catalog. */
export function wordKey(kind: 'cause' | 'state', code: string): keyof typeof componentTexts.keys | null {
  const key = `${kind}_${code}`
  return key in componentTexts.keys ? key as keyof typeof componentTexts.keys : null
}
