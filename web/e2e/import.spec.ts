import { readFileSync } from 'node:fs'
import { expect, test } from './hub'

/** Another one at each run, so that there is something to write. */
const some = () => `${Date.now() % 1000}.${String(Date.now()).at(-1) ?? ''}`
const csv = (text: string, name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${text}`) })

test('a filer imports figures of another system: maps its columns once, sees the wrong cell, corrects it, writes and is told', async ({ hub }) => {
  test.slow()
  const ask = await hub.as('sasac.filer')
  const scenarios = (await ask('GET', '/api/v1/scenarios?limit=20')) as { items: { code: string; state: string }[] }
  const [first = '', second = ''] = scenarios.items.filter((one) => one.state === 'approved').map((one) => one.code).slice(-2)
  // A source nobody has mapped yet.
  hub.expects(/404.*\/import-mappings\//)
  const source = `erp-${Date.now().toString(36)}`
  await hub.signIn('sasac.filer', '/imports')
  const page = hub.page
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('批量导入')
  await hub.examine('import')
  const template = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载模板' }).click()
  expect((await template).suggestedFilename()).toMatch(/\.xlsx$/)

  // By keyboard alone: the file's button, what it holds, the source, and on.
  const to = async (target: ReturnType<typeof page.getByRole>) => {
    for (let i = 0; i < 80 && !(await target.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press('Tab')
    await expect(target).toBeFocused()
  }
  const input = page.locator('input[type=file]')
  await to(input)
  await input.setInputFiles(csv(`项目代号,所属月,节约成本(万元),内部备注\n${first},2026-11,12.5,甲\n${second},2026-11,约3,乙\n`, '十一月成效.csv'))
  await to(page.getByLabel('来源系统'))
  await page.keyboard.insertText(source)
  await page.keyboard.press('Enter')

  // Columns nobody knows are mapped, and the source remembers.
  await expect(page.getByText('其中 4 列未识别')).toBeVisible()
  const choose = async (header: string, search: string, name: string) => {
    const box = page.getByRole('combobox', { name: `“${header}”对应到` })
    await to(box)
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(search)
    await expect(page.locator('.ant-select-item-option-active').getByText(name, { exact: true })).toBeVisible()
    await page.keyboard.press('Enter')
  }
  await choose('项目代号', '场景编号', '场景编号')
  await choose('所属月', '报告期', '报告期')
  await choose('节约成本(万元)', '降本额', '降本额')
  await choose('内部备注', '不读取', '不读取此列')
  await expect(page.getByText('其中 0 列未识别')).toBeVisible()
  await hub.examine('import-columns')
  const check = page.getByRole('button', { name: '开始检查' })
  await to(check)
  await page.keyboard.press('Enter')

  // The dry run shows the cell and writes nothing.
  await expect(page.getByText('1 条有问题', { exact: false })).toBeVisible({ timeout: 60_000 })
  const row = page.getByRole('row').filter({ hasText: 'C3' })
  await expect(row).toContainText('约3')
  await expect(page.getByRole('button', { name: /^写入/ })).toHaveCount(0)
  await hub.settled()
  await hub.examine('import-checked')
  await page.getByRole('combobox', { name: '程度' }).press('Enter')
  await page.locator('.ant-select-item-option').getByText('提醒', { exact: true }).click()
  await expect(page.getByText('没有符合条件', { exact: false }).or(page.getByRole('button', { name: '清除筛选' })).first()).toBeVisible()
  await page.getByRole('button', { name: '清除筛选' }).first().click()
  await expect(row).toBeVisible()
  const annotated = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载批注文件' }).click()
  const workbook = await annotated
  expect(workbook.suggestedFilename()).toMatch(/\.xlsx$/)
  expect(readFileSync(await workbook.path()).subarray(0, 2).toString()).toBe('PK')

  // Corrected and sent again: the source is known, no column is open.
  await page.getByRole('button', { name: '上传改正后的文件' }).click()
  await expect(page.getByLabel('来源系统')).toHaveValue(source)
  await input.setInputFiles(csv(`项目代号,所属月,节约成本(万元),内部备注\n${first},2026-11,${some()},甲\n${second},2026-11,${some()},乙\n`, '十一月成效.csv'))
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('其中 0 列未识别')).toBeVisible()
  await expect(page.getByText('已保存的对应关系', { exact: false })).toBeVisible()
  await check.click()
  const commit = page.getByRole('button', { name: '写入 2 条' })
  await expect(commit).toBeVisible({ timeout: 60_000 })
  await hub.settled()
  await hub.examine('import-ready')
  await to(commit)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已写入 2 条')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { level: 2, name: '十一月成效.csv' })).toBeFocused()
  await hub.settled()
  await hub.examine('import-done')
  // A link shows a colleague the same; the list has it.
  await page.reload()
  await hub.settled()
  await expect(page.getByText('已写入 2 条')).toBeVisible()
  await page.getByRole('button', { name: '导入另一个文件' }).click()
  await hub.settled()
  await hub.examine('import-list')
  await expect(page.getByRole('row').filter({ hasText: source }).first()).toContainText('已写入')
})

test('a filer fills in the template, is led back to a column nobody knows, leaves out what is wrong, and stops what takes too long', async ({ hub }) => {
  test.slow()
  await hub.signIn('sasac.filer', '/imports')
  const page = hub.page
  const input = page.locator('input[type=file]')
  const next = page.getByRole('button', { name: '下一步' })
  const check = page.getByRole('button', { name: '开始检查' })
  await next.click()
  await expect(page.getByText('请先选择文件')).toBeVisible()
  // Every heading of the template is known.
  const template = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载模板' }).click()
  await input.setInputFiles({ name: '模板.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(await (await template).path()) })
  await page.getByRole('radio', { name: /^场景/ }).check()
  await next.click()
  await expect(page.getByText(/共 \d+ 列,其中 0 列未识别/)).toBeVisible()
  await page.getByRole('checkbox', { name: '显示全部列' }).check()
  await hub.examine('import-template')
  await page.goBack()

  // Without a source a foreign heading is told; the check says the same and leads back.
  const ask = await hub.as('sasac.filer')
  const scenarios = (await ask('GET', '/api/v1/scenarios?limit=20')) as { items: { code: string; state: string }[] }
  const code = scenarios.items.filter((one) => one.state === 'approved').at(-1)?.code ?? ''
  await input.setInputFiles(csv(`场景编号,报告期,降本额(万元),备用列\n${code},2026-11,${some()},x\n没有的场景,2026-11,6,y\n`, '含未知列.csv'))
  await page.getByRole('radio', { name: /^填报数据/ }).check()
  await next.click()
  await expect(page.getByText('其中 1 列未识别')).toBeVisible()
  await hub.examine('import-no-source')
  await check.click()
  await expect(page.getByText('文件中有不认识的列')).toBeVisible({ timeout: 60_000 })
  await hub.settled()
  await hub.examine('import-unknown-column')
  await page.getByRole('button', { name: '对应列' }).click()
  hub.expects(/404.*\/import-mappings\//)
  await page.getByRole('textbox', { name: '来源系统' }).fill(`mes-${Date.now().toString(36)}`)
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: '“备用列”对应到' }).click()
  await page.locator('.ant-select-item-option').getByText('不读取此列').click()
  await check.click()
  await page.getByRole('button', { name: '只写入没有问题的 1 条' }).click()
  await page.getByRole('button', { name: '写入 1 条' }).click()
  await expect(page.getByText('已写入 1 条')).toBeVisible({ timeout: 60_000 })

  // A file of many rows is followed and can be stopped.
  await page.getByRole('button', { name: '导入另一个文件' }).click()
  await input.setInputFiles(csv(`场景编号,报告期,降本额(万元)\n${Array.from({ length: 150_000 }, (_, row) => `Z-${row},2026-11,${row}`).join('\n')}\n`, '很多行.csv'))
  await page.getByLabel('来源系统').fill('')
  await next.click()
  await check.click()
  const stop = page.getByRole('button', { name: '取消导入' })
  await expect(stop).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('progressbar')).toBeVisible()
  await hub.picture('import-running')
  await stop.click()
  await expect(page.getByText('导入已取消')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('没有写入任何数据')).toBeVisible()
})

test('whoever may not import reads what others imported', async ({ hub }) => {
  await hub.signIn('sasac.auditor', '/imports')
  await expect(hub.page.getByRole('heading', { level: 2, name: '以往导入' })).toBeVisible()
  await expect(hub.page.locator('input[type=file]')).toHaveCount(0)
  await hub.examine('import-read-only')
})
