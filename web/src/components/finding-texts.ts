import { defineTexts } from '../lib/texts'

export const findingTexts = defineTexts('findings', {
  right: '应为', explanation: '说明', explainPlaceholder: '写明造成该结果的具体业务原因,例如产线检修、业务量变化、口径调整(不少于 10 个字,“核实无误”不作为说明)', send: '提交说明', sent: '说明已提交', explained: '已说明,待审核', accepted: '说明已采纳', rejected: '说明被退回',
  openState: '待说明', gone: '数据已改,不再存在', rejectedReason: '退回原因:{{reason}}', toGrid: '去修改', by: '{{name}},{{at}}', tooShort: '说明至少要有 10 个字', blocker: '强制性', error: '核实性', warning: '提示', info: '参考', doubt: '审核人会看到:{{text}}',
}, {
  right: 'Should be', explanation: 'Explanation', explainPlaceholder: 'Say what happened in the business, such as maintenance of a line, another volume, a new definition (10 characters or more; “confirmed correct” explains nothing)', send: 'Send explanation', sent: 'Explanation sent', explained: 'Explained, under review', accepted: 'Explanation accepted', rejected: 'Explanation rejected',
  openState: 'To be explained', gone: 'Figure changed since', rejectedReason: 'Why it was rejected: {{reason}}', toGrid: 'Change the figure', by: '{{name}}, {{at}}', tooShort: 'At least 10 characters', blocker: 'Blocker', error: 'To be verified', warning: 'Warning', info: 'Note', doubt: 'The reviewer will be told: {{text}}',
})
