import { defineTexts } from '../lib/texts'

export const shellTexts = defineTexts('shell', {
  product: '人工智能+ 应用场景', tagline: '登记一个场景,报清一笔账,看懂一个行业', signIn: '登录', userName: '用户名', password: '密码', needUserName: '请输入用户名', needPassword: '请输入密码',
  sessionEnded: '登录已过期', sessionEndedHint: '请重新登录,页面上已填写的内容不会丢失。', another: '换用其他账号', signOut: '退出登录', language: '语言', skip: '跳到主要内容', menu: '主菜单', fold: '收起菜单', unfold: '展开菜单', openMenu: '打开菜单', home: '首页', trail: '当前位置',
  account: '账户', roles: '角色', permissions: '权限', demo: '演示数据', demoHint: '本项目中的月度数据均为演示生成,不代表任何单位的真实情况。', notFound: '没有这个页面', notFoundHint: '地址可能已变更。', refused: '没有权限', refusedHint: '您的角色不能打开此页面。如需开通,请联系本单位管理员。', backHome: '返回首页',
  offline: '网络连接已断开。已填写的内容不会丢失,恢复后可继续。', failed: '页面出现异常', failedHint: '已填写的草稿不受影响,请重新加载;如仍出现,请将下面的信息提供给管理员。', reload: '重新加载', loading: '正在加载', navigated: '已打开:{{title}}', search: '搜索', review: '审核', reviewAbout: '逐项核对申报内容,核定后记入核定账;退回须写明原因', reviewFilings: '月度填报', reviewScenarios: '应用场景', groupWork: '工作', groupOversee: '监管', groupData: '数据', groupManage: '管理',
  serverDown: '无法连接服务器', serverDownHint: '请检查网络后重试。', role_filer: '填报人', role_reviewer: '审核人', role_enterpriseAdmin: '单位管理员', role_regulator: '监管人员', role_regulatorAdmin: '监管管理员', role_auditor: '审计人员', role_platformAdmin: '平台管理员',
}, {
  product: 'AI+ Scenarios', tagline: 'Register a scenario, account for it, understand a sector', signIn: 'Sign in', userName: 'User name', password: 'Password', needUserName: 'Enter your user name', needPassword: 'Enter your password',
  sessionEnded: 'Your session has ended', sessionEndedHint: 'Sign in again; nothing you typed on this page is lost.', another: 'Use another account', signOut: 'Sign out', language: 'Language', skip: 'Skip to content', menu: 'Main menu', fold: 'Fold menu', unfold: 'Unfold menu', openMenu: 'Open menu', home: 'Home', trail: 'You are here',
  account: 'Account', roles: 'Roles', permissions: 'Permissions', demo: 'Demonstration data', demoHint: 'All monthly figures here are generated for demonstration and say nothing about any real organization.', notFound: 'There is no such page', notFoundHint: 'The address may have changed.', refused: 'Not permitted', refusedHint: 'Your roles do not open this page. Ask your administrator if you need it.', backHome: 'Back to the start',
  offline: 'No connection. Nothing you typed is lost; go on once you are connected.', failed: 'Something went wrong on this page', failedHint: 'Saved drafts are safe. Load the page again; if it happens again, give this to your administrator.', reload: 'Load again', loading: 'Loading', navigated: 'Opened: {{title}}', search: 'Search', review: 'Review', reviewAbout: 'Check what was submitted: approved figures enter the approved book, a return says why', reviewFilings: 'Monthly filings', reviewScenarios: 'Scenarios', groupWork: 'Work', groupOversee: 'Oversight', groupData: 'Data', groupManage: 'Administration',
  serverDown: 'The server does not answer', serverDownHint: 'Check the connection and try again.', role_filer: 'Filer', role_reviewer: 'Reviewer', role_enterpriseAdmin: 'Enterprise administrator', role_regulator: 'Regulator', role_regulatorAdmin: 'Regulator administrator', role_auditor: 'Auditor', role_platformAdmin: 'Platform administrator',
})

export type RoleKey = Extract<keyof typeof shellTexts.keys, `role_${string}`>
