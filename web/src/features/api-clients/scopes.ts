import type { Words } from '../../lib/texts'

/** What a client may be given, in the order of the API's description (`securitySchemes.client`). */
export const scopes: readonly { name: string; what: Words }[] = [
  { name: 'organizations.read', what: { zh: '读取单位', en: 'Read organizations' } },
  { name: 'organizations.write', what: { zh: '新增和修改单位', en: 'Add and revise organizations' } },
  { name: 'scenarios.read', what: { zh: '读取场景', en: 'Read scenarios' } },
  { name: 'scenarios.write', what: { zh: '登记、修改和提交场景', en: 'Register, revise and submit scenarios' } },
  { name: 'filings.read', what: { zh: '读取填报、填报任务、校验规则和结果', en: 'Read filings, collections, rules and findings' } },
  { name: 'filings.write', what: { zh: '填报、提交,上传佐证,说明校验结果', en: 'File and submit figures, upload evidence, explain findings' } },
  { name: 'reviews.write', what: { zh: '审核场景和填报,裁定校验结果', en: 'Review scenarios and filings, decide findings' } },
  { name: 'collections.write', what: { zh: '发布和管理填报任务', en: 'Open and manage collections' } },
  { name: 'rollups.read', what: { zh: '读取汇总、目标和同业对标', en: 'Read roll-ups, goals and peers' } },
  { name: 'goals.write', what: { zh: '管理目标', en: 'Manage goals' } },
  { name: 'reports.read', what: { zh: '读取报告', en: 'Read reports' } },
  { name: 'reports.write', what: { zh: '生成报告', en: 'Make reports' } },
  { name: 'changes.read', what: { zh: '读取变更', en: 'Read the change feed' } },
]
