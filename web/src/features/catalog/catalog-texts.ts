import { defineTexts } from '../../lib/texts'

export const catalogTexts = defineTexts('catalog', {
  title: '指标目录', about: '指标、行业板块、国民经济行业、字段字典和代码表,随版本发布;填报校验与接口使用同一份目录', measures: '指标', sectors: '行业板块', industries: '国民经济行业', fields: '字段字典', codes: '代码表', find: '按名称或代码查找', code: '代码', name: '名称', group: '分组', kind: '类型', unit: '单位', direction: '方向', filed: '填报', computed: '系统计算', rolledUp: '可汇总', formula: '计算公式', yes: '是', no: '否', note: '说明', sector: '所属板块', list: '代码表', type: '类型', required: '必填', limits: '取值范围', description: '说明', accepted: '可填单位', required_always: '必填', required_never: '选填', required_system: '系统生成', required_condition: '条件必填', noneFound: '没有相符的条目', count: '共 {{count}} 项',
}, {
  title: 'Catalog', about: 'Measures, sectors, industries, fields and code lists of this release; validation and the API read the same', measures: 'Measures', sectors: 'Sectors', industries: 'Industries', fields: 'Fields', codes: 'Code lists', find: 'Name or code', code: 'Code', name: 'Name', group: 'Group', kind: 'Kind', unit: 'Unit', direction: 'Direction', filed: 'Filed', computed: 'Computed', rolledUp: 'Rolls up', formula: 'Formula', yes: 'Yes', no: 'No', note: 'Note', sector: 'Sector', list: 'List', type: 'Type', required: 'Required', limits: 'Limits', description: 'Description', accepted: 'Accepted units', required_always: 'Always', required_never: 'Optional', required_system: 'By the product', required_condition: 'On a condition', noneFound: 'Nothing matches', count: '{{count}} in all',
})

export function requiredKey(code: string): keyof typeof catalogTexts.keys | null {
  const key = `required_${code}`
  return key in catalogTexts.keys ? key as keyof typeof catalogTexts.keys : null
}
