import { defineTexts } from '../../lib/texts'

export const tenantTexts = defineTexts('tenants', {
  title: '项目', about: '每个监管机构一个项目,数据彼此隔离;平台管理员只开通项目,不能查看其中的业务数据', add: '开通项目', code: '代码', nameZh: '监管机构名称', nameEn: '英文名称', isDemo: '演示项目', isDemoHint: '演示项目的全部数据均标注“演示数据”', demo: '演示数据', created: '开通时间', adminUserName: '首位监管管理员用户名', adminPassword: '初始密码', passwordHint: '12 至 200 个字符', codeHint: '2 至 32 位小写字母、数字、连字符,开通后不可更改', codeWrong: '仅限 2 至 32 位小写字母、数字、连字符', passwordShort: '密码至少 12 个字符', added: '已开通项目', nameHint: '同时作为组织树根节点的名称',
}, {
  title: 'Programmes', about: 'One for each regulator, apart from each other; the platform administrator opens them and sees none of their data', add: 'Open a programme', code: 'Code', nameZh: 'Regulator (Chinese)', nameEn: 'Regulator (English)', isDemo: 'Demonstration', isDemoHint: 'All its figures are labelled as demonstration data', demo: 'Demonstration data', created: 'Opened', adminUserName: 'User name of its first administrator', adminPassword: 'First password', passwordHint: '12 to 200 characters', codeHint: '2 to 32 of a-z, 0-9, hyphen; does not change afterwards', codeWrong: '2 to 32 of a-z, 0-9, hyphen', passwordShort: 'At least 12 characters', added: 'Programme opened', nameHint: 'Also the name of the root organization',
})
