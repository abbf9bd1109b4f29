import { defineTexts } from '../../lib/texts'

export const userTexts = defineTexts('users', {
  title: '用户', about: '本单位及下级单位的用户;权限为角色与所属单位管辖范围之积', add: '新增用户', userName: '用户名', displayName: '姓名', organization: '所属单位', roles: '角色', state: '状态', active: '正常', disabled: '已停用', lastSignIn: '最近登录', never: '从未登录', disable: '停用', disableTitle: '停用用户“{{name}}”?', disableAbout: '停用后不能登录,现有会话即时结束。其经手的记录和审计保留不变。此操作不可在页面上撤销。', disabledDone: '已停用', added: '已新增用户', cancel: '取消', act: '操作', you: '本人',
  password: '初始密码', passwordHint: '12 至 200 个字符,请通过安全渠道告知本人', userNameHint: '3 至 64 位小写字母、数字、点、连字符,全平台唯一', organizationHint: '可见范围为该单位及其全部下级', passwordShort: '密码至少 12 个字符', userNameWrong: '仅限 3 至 64 位小写字母、数字、点、连字符',
  role_filer: '填报人', role_reviewer: '审核人', role_enterpriseAdmin: '单位管理员', role_regulator: '监管人员', role_regulatorAdmin: '监管管理员', role_auditor: '审计人员', role_platformAdmin: '平台管理员',
  can_filer: '登记场景、月度填报、上传佐证', can_reviewer: '填报人权限,并可生成报告', can_enterpriseAdmin: '填报人权限,并管理本单位及下级的用户、单位信息、接口', can_regulator: '审核场景和填报、发布填报任务、管理目标、生成报告', can_regulatorAdmin: '监管人员权限,并管理用户、单位重组、规则、接口,核验审计', can_auditor: '只读查看全部业务数据,查阅并核验审计', can_platformAdmin: '开通和管理项目,不能查看业务数据',
}, {
  title: 'Users', about: 'People of your organization and below; what one may do is a role times the organizations one sees', add: 'Add user', userName: 'User name', displayName: 'Name', organization: 'Organization', roles: 'Roles', state: 'State', active: 'Active', disabled: 'Disabled', lastSignIn: 'Last sign-in', never: 'Never', disable: 'Disable', disableTitle: 'Disable “{{name}}”?', disableAbout: 'No sign-in any more, and open sessions end at once. What the person recorded stays. It cannot be undone on this page.', disabledDone: 'Disabled', added: 'User added', cancel: 'Cancel', act: 'Action', you: 'You',
  password: 'First password', passwordHint: '12 to 200 characters; tell the person on a safe way', userNameHint: '3 to 64 of a-z, 0-9, dot, hyphen; unique in the deployment', organizationHint: 'Sees this organization and all below', passwordShort: 'At least 12 characters', userNameWrong: '3 to 64 of a-z, 0-9, dot, hyphen',
  role_filer: 'Filer', role_reviewer: 'Reviewer', role_enterpriseAdmin: 'Enterprise administrator', role_regulator: 'Regulator', role_regulatorAdmin: 'Regulator administrator', role_auditor: 'Auditor', role_platformAdmin: 'Platform administrator',
  can_filer: 'Registers scenarios, files monthly figures, uploads evidence', can_reviewer: 'As a filer, and makes reports', can_enterpriseAdmin: 'As a filer, and manages users, organizations and interfaces of the enterprise', can_regulator: 'Reviews scenarios and filings, opens collections, manages goals, makes reports', can_regulatorAdmin: 'As a regulator, and manages users, reorganizations, rules and interfaces, verifies the audit', can_auditor: 'Reads everything, reads and verifies the audit', can_platformAdmin: 'Opens programmes; sees no business data',
})

export const roles = ['filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'] as const
export type RoleName = (typeof roles)[number]

export function isRole(code: string): code is RoleName {
  return (roles as readonly string[]).includes(code)
}

/** Whom one may make, as the server will judge it again. */
export function grantable(own: readonly string[]): RoleName[] {
  return roles.filter((role) => own.includes('regulatorAdmin') && role !== 'platformAdmin' || own.includes('enterpriseAdmin') && ['filer', 'reviewer', 'enterpriseAdmin'].includes(role) || own.includes('platformAdmin') && role === 'platformAdmin')
}
