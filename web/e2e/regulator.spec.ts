import { expect, test } from './hub'

test('a regulator reads the dashboard, goes down to the entries, and the address keeps what is seen', async ({ hub }) => {
  const { page } = hub
  await page.goto('/dashboard')
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await hub.examine('sign-in')
  await hub.signIn('sasac.regulator', '/dashboard')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('看板')
  await page.locator('canvas').first().waitFor()
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await hub.settled()
  await hub.examine('dashboard')

  await page.getByRole('button', { name: '能源电力', exact: true }).click()
  await expect(page).toHaveURL(/sector=ENERGY_POWER/)
  await hub.settled()
  const row = page.getByRole('region', { name: '排名' }).getByRole('row').nth(1)
  await row.getByRole('button').first().click()
  await expect(page).toHaveURL(/organization=\d+/)
  await hub.settled()
  await hub.examine('dashboard-organization')

  await page.locator('.hub-value').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText(/共 [\d,]+ 条分录/)).toBeVisible()
  await hub.picture('explanation')
  await hub.accessible('explanation')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  const value = await page.locator('.hub-value').first().innerText()
  await page.reload()
  await hub.settled()
  await expect(page.locator('.hub-value').first()).toHaveText(value)
  await page.goBack()
  await expect(page).not.toHaveURL(/organization=/)
})

test('a regulator reviews filings with the keyboard: approves one, returns one with a reason', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/review')
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible()
  await hub.settled()
  await hub.examine('review-filings')
  const queue = page.locator('.hub-queue li')
  const before = await queue.count()
  const title = page.getByRole('heading', { level: 2 })
  const first = await title.innerText()
  await page.locator('h1').click()
  await page.keyboard.press('j')
  await expect(title).not.toHaveText(first)
  await page.keyboard.press('k')
  await expect(title).toHaveText(first)
  await page.keyboard.press('a')
  await expect(queue).toHaveCount(before - 1)
  await hub.settled()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: /退\s*回/ }).click()
  await expect(dialog.getByText('请填写原因')).toBeVisible()
  await hub.picture('return-filing')
  await hub.accessible('return dialog')
  await dialog.getByRole('textbox').fill('降本额与财务凭证不一致,请核对后重报')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(queue).toHaveCount(before - 2)
})

test('a regulator sees what changed in a scenario and approves it', async ({ hub }) => {
  const { page } = hub
  const filer = await hub.as('sasac.filer')
  const list = (await filer('GET', '/api/v1/scenarios?state=approved&limit=1')) as { items: { id: number; version: number }[] }
  const scenario = list.items[0]
  if (!scenario) throw new Error('The demonstration has no approved scenario of the filer.')
  const revised = (await filer('PATCH', `/api/v1/scenarios/${scenario.id}`, { innovation: '以大模型审核施工方案<b>"\'', techTypes: ['llm', 'multimodal'] }, { 'If-Match': `"${scenario.version}"`, 'Content-Type': 'application/merge-patch+json' })) as { version: number }
  await filer('POST', `/api/v1/scenarios/${scenario.id}/submit`, { version: revised.version })

  await hub.signIn('sasac.regulator', `/review?of=scenarios&scenario=${scenario.id}`)
  await expect(page.getByRole('cell', { name: '以大模型审核施工方案<b>"\'' }).first()).toBeVisible()
  await hub.settled()
  await hub.examine('review-scenarios')
  await page.getByRole('button', { name: /核定 \(A\)/ }).click()
  await expect(page.getByText('已核定').first()).toBeVisible()
})

test('a regulator finds who has not filed and reminds them', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/collections')
  await hub.examine('collections')
  await page.getByRole('button', { name: '2026年10月数据填报' }).click()
  await hub.settled()
  await hub.examine('collection-coverage')
  await page.getByRole('tab', { name: '未报清单' }).click()
  await hub.settled()
  await hub.examine('collection-missing')
  await page.getByRole('button', { name: /催\s*报/ }).click()
  await expect(page.getByText('已完成').first()).toBeVisible()
  await page.getByRole('tab', { name: '催报记录' }).click()
  await hub.settled()
  await hub.examine('collection-reminders')
  await page.getByRole('tab', { name: '操作记录' }).click()
  await hub.settled()
  await hub.examine('collection-history')
})

test('a regulator reads targets and milestones apart, and what decides one', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/goals')
  await expect(page.getByText('演示目标:2026年累计降本4亿元以上')).toBeVisible()
  await hub.examine('goals')
  await page.getByRole('link', { name: '演示目标:2026年累计降本4亿元以上' }).click()
  await page.locator('canvas').waitFor()
  await hub.settled()
  await hub.examine('goal')
  await page.goto('/goals?kind=milestone')
  await hub.settled()
  await expect(page.getByText('演示目标:2026年累计降本4亿元以上')).toHaveCount(0)
  await hub.examine('goals-milestones')
})

test('a regulator has reports made, downloads one and compares the two', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/reports')
  for (let number = 1; number <= 2; number++) {
    await page.getByRole('button', { name: '生成报告' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    if (number === 1) { await hub.picture('report-form'); await hub.accessible('report form') }
    await dialog.getByRole('button', { name: '开始生成' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('button', { name: '下载' }).or(page.getByRole('link', { name: '下载' }))).toHaveCount(number, { timeout: 60_000 })
  }
  await hub.examine('reports')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载' }).first().click()])
  expect(download.suggestedFilename()).toMatch(/\.docx$/)
  await page.getByRole('link', { name: '与以往报告比较' }).click()
  await hub.settled()
  await expect(page.getByRole('region', { name: '报告差异' })).toBeVisible()
  await hub.examine('report-difference')
})

test('a regulator releases the benchmarks of a month', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/peers?sector=CONSTR')
  await page.getByRole('button', { name: '公布本期对标' }).click()
  await page.getByRole('tab', { name: '公布记录' }).click()
  await expect(page.getByText('已公布').first()).toBeVisible({ timeout: 60_000 })
  await hub.examine('peer-releases')
  await page.getByRole('tab', { name: '对标' }).click()
  await hub.settled()
  await hub.examine('peers')
})

test('a session that ends loses nothing of the page', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.regulator', '/review')
  await hub.settled()
  hub.expects(/401/)
  await page.keyboard.press('r')
  const reason = page.locator('textarea')
  await reason.fill('写到一半的退回原因')
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('登录已过期')).toBeVisible()
  await hub.picture('session-ended')
  await expect(reason).toHaveValue('写到一半的退回原因')
  await page.locator('input[type=password]').fill('demo-2026-scenariohub')
  await page.keyboard.press('Enter')
  await expect(page.getByText('登录已过期')).toBeHidden()
  // What was being sent went on.
  await expect(reason).toBeHidden()
})

test('who may not see a page is told so, and an unknown address too', async ({ hub }) => {
  const { page } = hub
  await hub.signIn('sasac.filer', '/review')
  await expect(page.getByRole('heading', { name: '没有权限' })).toBeVisible()
  await hub.examine('refused')
  await page.goto('/no-such-page')
  await expect(page.getByRole('heading', { name: '没有这个页面' })).toBeVisible()
  await hub.examine('not-found')
  await expect(page.getByRole('navigation', { name: '主菜单' }).getByText('审核', { exact: true })).toHaveCount(0)
})
