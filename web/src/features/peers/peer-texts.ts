import { defineTexts } from '../../lib/texts'

export const peerTexts = defineTexts('peers', {
  title: '对标', about: '行业分位数按保密规则公布:企业数不足或可推算个体时不公布', sector: '行业板块', period: '期间', measure: '指标', enterprises: '企业数', p25: '下四分位', median: '中位数', p75: '上四分位', withheld: '不公布', formula: '计算公式', releases: '公布记录', release: '公布本期对标', releaseHint: '在后台计算各行业分位数,受保密规则约束', releasing: '已开始计算', published: '公布', withheldCells: '不公布', state: '状态', requestedAt: '申请时间', closing: '结账号', yours: '所属企业所处位置', enterprise: '企业', value: '数值', position: '位置', noEnterprises: '没有可列示的企业', state_queued: '排队中', state_running: '计算中', state_done: '已公布', state_failed: '失败', lower: '越低越好', higher: '越高越好', choose: '请选择行业板块',
}, {
  title: 'Peers', about: 'Quartiles of a sector, published by disclosure rules: never where too few enterprises stand or one could be worked out', sector: 'Sector', period: 'Period', measure: 'Measure', enterprises: 'Enterprises', p25: 'Lower quartile', median: 'Median', p75: 'Upper quartile', withheld: 'Withheld', formula: 'Formula', releases: 'Releases', release: 'Release this period', releaseHint: 'Worked out in the background, under the disclosure rules', releasing: 'It is being worked out', published: 'Published', withheldCells: 'Withheld', state: 'State', requestedAt: 'Requested', closing: 'Closing', yours: 'Where your enterprises stand', enterprise: 'Enterprise', value: 'Value', position: 'Position', noEnterprises: 'No enterprise to show', state_queued: 'Queued', state_running: 'Being worked out', state_done: 'Released', state_failed: 'Failed', lower: 'Lower is better', higher: 'Higher is better', choose: 'Choose a sector',
})

export type StateKey = Extract<keyof typeof peerTexts.keys, `state_${string}`>
