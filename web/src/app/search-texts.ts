import { defineTexts } from '../lib/texts'

export const searchTexts = defineTexts('search', {
  search: '搜索场景、单位、目标', short: '请至少输入两个字', none: '没有找到“{{q}}”', searching: '正在搜索', failed: '搜索失败,请稍后重试', scenario: '应用场景', organization: '单位', goal: '目标', all: '在场景列表中查看全部', key: '按 / 键搜索', results: '搜索结果', found: '找到 {{count}} 项',
}, {
  search: 'Search scenarios, organizations, goals', short: 'Type at least two characters', none: 'Nothing found for “{{q}}”', searching: 'Searching', failed: 'The search failed; try again', scenario: 'Scenarios', organization: 'Organizations', goal: 'Goals', all: 'Show all in the list of scenarios', key: 'Press / to search', results: 'Results', found: '{{count}} found',
})
