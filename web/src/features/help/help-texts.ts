import { defineTexts } from '../../lib/texts'

export const helpTexts = defineTexts('help', {
  title: '帮助', about: '按角色的操作要点、键盘操作和名词解释', yours: '您的角色', others: '其他角色', allRoles: '各角色操作要点', states: '填报状态', grades: '核实等级', books: '账套、口径与结账', keys: '键盘操作', key: '按键', does: '作用', more: '更多资料', docs: '产品文档', docsAbout: '部署、运维、业务规则、对接说明', reference: '接口文档', referenceAbout: '全部接口的说明与示例,可在线查阅', contact: '账号、权限和业务口径问题,请联系本单位管理员或监管部门。',
}, {
  title: 'Help', about: 'What each role does, the keys, and what the terms mean', yours: 'Your role', others: 'Other roles', allRoles: 'What each role does', states: 'States of a figure', grades: 'Grades', books: 'Books, views and closing', keys: 'Keys', key: 'Key', does: 'What it does', more: 'More', docs: 'Documentation', docsAbout: 'Installing, running, rules of the domain, connecting systems', reference: 'API reference', referenceAbout: 'Every route with examples', contact: 'For accounts, rights and questions of definition, ask your administrator or regulator.',
})
