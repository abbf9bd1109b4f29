import { defineTexts } from '../../lib/texts'

export const jobTexts = defineTexts('jobs', {
  title: '后台任务', about: '定时任务与后台队列:正在运行、等待重试和失败的任务', open: '打开任务面板',
  what: '任务面板覆盖所有项目,只显示任务名称和编号,不显示任何业务数据。可以立即触发一个定时任务;任务重复执行不会产生重复数据。',
}, {
  title: 'Background jobs', about: 'The clock and the queue: what runs, what waits for another try, what failed', open: 'Open the jobs panel',
  what: 'The panel covers all programmes and shows names and numbers of jobs, never figures. A recurring job can be triggered at once; running one twice doubles nothing.',
})
