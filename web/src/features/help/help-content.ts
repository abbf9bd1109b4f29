import type { Words } from '../../lib/texts'

type Guide = { role: string; name: Words; steps: readonly Words[] }
type Term = { term: Words; means: Words }

/** What each role does, in the order of its month. */
export const guides: readonly Guide[] = [
  { role: 'filer', name: { zh: '填报人', en: 'Filer' }, steps: [
    { zh: '在“我的工作”查看待填报、被退回、已逾期的事项及剩余天数。', en: 'See in My work what is due, returned or overdue, and the days left.' },
    { zh: '登记应用场景:按分组逐项填写,系统自动保存草稿;名称相近的场景会即时提示,避免重复登记。', en: 'Register a scenario group by group; the draft saves itself, and similar names are pointed out as you type.' },
    { zh: '月度填报:如电子表格般录入,可自 Excel 粘贴。没有发生填“零报”,不适用填“免报”,涉及保密选“保密”,不要留空。', en: 'File the month as in a spreadsheet, or paste it from a workbook. State zero, exempt or withheld where it applies; do not leave cells empty.' },
    { zh: '提交后如被退回,按退回原因修改再提交;核定后的数据以订正方式更改,原值保留。', en: 'What is returned comes with a reason: correct it and submit again. Approved figures are changed by a correction; the old value is kept.' },
  ] },
  { role: 'reviewer', name: { zh: '审核人(单位)', en: 'Reviewer (enterprise)' }, steps: [
    { zh: '提交前核对本单位填报:同比、环比波动已标出,须说明的逐条说明。', en: 'Check what your enterprise files: swings against last month and last year are marked; explain what asks for it.' },
    { zh: '上传佐证材料,核实等级随佐证提高。', en: 'Upload evidence; a figure’s grade rises with it.' },
    { zh: '生成本单位报告,查看与同行业的差距。', en: 'Make reports and see where you stand in your sector.' },
  ] },
  { role: 'enterpriseAdmin', name: { zh: '单位管理员', en: 'Enterprise administrator' }, steps: [
    { zh: '在“用户”开通本单位及下级的填报人、审核人。', en: 'Open accounts for your filers and reviewers under Users.' },
    { zh: '在“单位”维护下级单位信息。', en: 'Keep the data of your organizations under Organizations.' },
    { zh: '与 ERP 等系统对接:在“接口客户端”生成密钥,在“Webhook”登记接收地址。', en: 'Connect other systems: make a secret under API clients, name an address under Webhooks.' },
  ] },
  { role: 'regulator', name: { zh: '监管人员', en: 'Regulator' }, steps: [
    { zh: '在“填报任务”发布当期任务、查看填报覆盖情况、催报。', en: 'Open the month’s collection, see who has filed, remind who has not.' },
    { zh: '在“审核”逐项核对:与上一版本、行业水平、校验结果比对;核定或写明原因退回。', en: 'Review against the last version, the sector and the rules; approve, or return with a reason.' },
    { zh: '在“看板”逐级下钻至单个场景的分录;每个数字都可打开来源说明。地址栏即为口径,复制链接可与同事看到相同数据。', en: 'Drill down on the dashboard to the entries of a scenario; every figure tells what is behind it. The address holds the view: send the link and a colleague sees the same.' },
    { zh: '在“目标”跟踪进度,在“报告”生成并比对报告。', en: 'Follow goals, make reports and compare them.' },
  ] },
  { role: 'regulatorAdmin', name: { zh: '监管管理员', en: 'Regulator administrator' }, steps: [
    { zh: '单位重组:划转、合并、分立前先预览影响,确认后生效,沿革保留。', en: 'Move, merge or split organizations; see what it changes before you confirm. History is kept.' },
    { zh: '调整校验规则:起草、试算、定日期发布。', en: 'Change the rules: draft, rehearse, publish with a date.' },
    { zh: '管理用户与接口,定期核验审计并在系统外留存末条哈希。', en: 'Manage users and interfaces; verify the audit regularly and keep its last hash elsewhere.' },
  ] },
  { role: 'auditor', name: { zh: '审计人员', en: 'Auditor' }, steps: [
    { zh: '查看全部业务数据及其历史版本,不能修改。', en: 'Read everything with its versions; change nothing.' },
    { zh: '在“审计”按人员、对象、日期检索,核验记录是否完整。', en: 'Search the audit by person, thing and day, and verify that it is whole.' },
  ] },
  { role: 'platformAdmin', name: { zh: '平台管理员', en: 'Platform administrator' }, steps: [
    { zh: '为监管机构开通项目及首位监管管理员;不能查看业务数据。', en: 'Open a programme for a regulator, with its first administrator; see none of its data.' },
  ] },
]

export const states: readonly Term[] = [
  { term: { zh: '已报', en: 'Reported' }, means: { zh: '报送了数值。', en: 'A value was filed.' } },
  { term: { zh: '零报', en: 'Zero' }, means: { zh: '本期确无发生,数值为零。与“未报”不同:零报计入覆盖率,参与汇总。', en: 'Nothing happened: the value is zero. Unlike a missing one, it counts as covered and adds up.' } },
  { term: { zh: '未报', en: 'Missing' }, means: { zh: '应报而没有报。不以零代替,汇总时列为缺口。', en: 'Due and not filed. Never taken as zero: totals show the gap.' } },
  { term: { zh: '免报', en: 'Exempt' }, means: { zh: '监管部门免除当期填报,不计入应报。', en: 'The regulator asks nothing for this month; it does not count as expected.' } },
  { term: { zh: '未到期', en: 'Not due' }, means: { zh: '截止日期未到,尚不计为未报。', en: 'The deadline has not come; it is not missing yet.' } },
  { term: { zh: '保密', en: 'Withheld' }, means: { zh: '因保密不予列示;涉密场景仅登记占位信息,任何涉密内容不得录入本系统。', en: 'Not shown for secrecy. A secret scenario is a placeholder; nothing secret is ever entered here.' } },
]

export const grades: readonly Term[] = [
  { term: { zh: '自报', en: 'Self-reported' }, means: { zh: '单位自行填报,无佐证。', en: 'Stated by the enterprise, without evidence.' } },
  { term: { zh: '系统计量', en: 'Measured' }, means: { zh: '有系统或仪表计量记录。', en: 'Records of a system or meter.' } },
  { term: { zh: '财务确认', en: 'Finance-confirmed' }, means: { zh: '本单位财务部门确认。', en: 'Confirmed by the enterprise’s finance.' } },
  { term: { zh: '第三方', en: 'Third-party' }, means: { zh: '第三方机构鉴证。', en: 'Attested by a third party.' } },
  { term: { zh: '监管核实', en: 'Regulator-verified' }, means: { zh: '监管部门核实。汇总数同时列示各等级的构成。', en: 'Verified by the regulator. Totals show how much stands on each grade.' } },
]

export const books: readonly Term[] = [
  { term: { zh: '申报账', en: 'Filed book' }, means: { zh: '已提交的数据,含尚未核定的。', en: 'What was submitted, approved or not.' } },
  { term: { zh: '核定账', en: 'Approved book' }, means: { zh: '经监管部门核定的数据,对外引用以此为准。', en: 'What the regulator approved: the one to quote.' } },
  { term: { zh: '锁定(结账)', en: 'Lock (period close)' }, means: { zh: '填报任务锁定后当期不再接受填报。更改须解除锁定或以订正方式记入,此前的数字仍可按当时日期查询。', en: 'A locked collection takes no more filings. A change needs an unlocking or a correction, and what stood before can still be asked for by its day.' } },
  { term: { zh: '现行口径与当期口径', en: 'As restated, as filed' }, means: { zh: '单位重组后,现行口径按现在的组织树重述历史;当期口径按各期当时的组织树列示。', en: 'After a reorganization, restated figures follow the tree of today, as-filed ones the tree of their month.' } },
  { term: { zh: '截至日期', en: 'As of' }, means: { zh: '只计截至该日已入账的数据,用于复现当时的报告。', en: 'Only what was posted by that day, to reproduce a report of then.' } },
]

export const keys: readonly { keys: string; does: Words }[] = [
  { keys: '/', does: { zh: '搜索场景、单位、目标', en: 'Search scenarios, organizations, goals' } },
  { keys: '↑ ↓ Enter', does: { zh: '在列表和搜索结果中移动、打开', en: 'Move in lists and results, open' } },
  { keys: 'J K', does: { zh: '审核:下一条、上一条', en: 'Review: next, previous' } },
  { keys: 'X', does: { zh: '审核:选中', en: 'Review: select' } },
  { keys: 'A R', does: { zh: '审核:核定、退回', en: 'Review: approve, return' } },
  { keys: '↑ ↓ ← →', does: { zh: '填报表格:移动单元格', en: 'Filing grid: move' } },
  { keys: 'Ctrl V', does: { zh: '填报表格:自 Excel 粘贴', en: 'Filing grid: paste from a workbook' } },
  { keys: 'Ctrl D', does: { zh: '填报表格:向下填充', en: 'Filing grid: fill down' } },
  { keys: 'Esc', does: { zh: '关闭对话框、离开搜索', en: 'Close a dialog, leave the search' } },
]
