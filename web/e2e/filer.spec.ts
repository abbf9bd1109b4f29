import { expect, test } from './hub'

test('a filer sees what is due, overdue and returned, and is shown around once', async ({ hub }) => {
  await hub.signIn('sasac.filer', '/work')
  const tour = hub.page.locator('.ant-tour')
  await expect(tour).toBeVisible()
  await hub.picture('work-tour')
  await hub.page.keyboard.press('Escape')
  await expect(tour).toBeHidden()
  await expect(hub.page.getByRole('heading', { level: 1 })).toHaveText('我的工作台')
  await hub.examine('work')
  await hub.page.reload()
  await hub.settled()
  await expect(tour).toBeHidden()
})

test('a filer fills in a month by keyboard alone, loses nothing to a reload, explains a finding and submits', async ({ hub }) => {
  await hub.signIn('sasac.filer', '/filings?period=2026-11')
  const page = hub.page
  const cell = page.locator('.hub-sheet-input')
  const grid = page.getByRole('grid')
  const dirty = grid.locator('[data-dirty]')
  await expect(grid).toBeVisible()
  // Past the shell and the filters to the sheet, with Tab alone.
  for (let i = 0; i < 60 && !(await cell.evaluate((input) => input === document.activeElement)); i++) await page.keyboard.press('Tab')
  await expect(cell).toBeFocused()
  // The first scenario's month: zeros said, figures typed in units and widths people use.
  for (const figure of ['0', '零报', '1.9万', '12,600元', '２５．４']) { await page.keyboard.insertText(figure); await page.keyboard.press('Tab') }
  await expect(dirty).toHaveCount(5)
  await hub.examine('filing-grid')
  await page.reload()
  await hub.settled()
  await expect(dirty).toHaveCount(5)
  await expect(page.getByTestId('save-state')).toContainText('已恢复')
  for (let i = 0; i < 60 && !(await cell.evaluate((input) => input === document.activeElement)); i++) await page.keyboard.press('Tab')
  await page.keyboard.press('End')
  await page.keyboard.press('Control+z')
  // A block as a spreadsheet copies it, and what cannot be read is said at its cell.
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Home')
  await cell.evaluate((input) => { const data = new DataTransfer(); data.setData('text/plain', '免报\t0\n约五万\t'); input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) })
  await expect(grid.locator('[data-wrong]')).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(dirty).toHaveCount(5)
  // Saving checks first, then writes.
  await page.keyboard.press('Control+s')
  await expect(dirty).toHaveCount(0)
  await expect(grid.getByText('草稿')).toHaveCount(1)
  // Selected and submitted; what is found is explained on the spot.
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+ArrowUp')
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  const outcome = page.getByRole('dialog')
  await expect(outcome).toBeVisible()
  await hub.settled()
  await hub.picture('filing-submitted')
  await hub.accessible('filing-submitted')
  for (let round = 0; round < 12 && await outcome.locator('textarea').count() > 0; round++) {
    const before = await outcome.locator('textarea').count()
    await outcome.locator('textarea').first().focus()
    await page.keyboard.insertText(`第 ${round + 1} 项:盾构始发段地质条件变化,本月掘进 ${30 + round} 环,较对比期增减属施工安排`)
    await page.keyboard.press('Control+Enter')
    await expect(outcome.locator('textarea')).toHaveCount(before - 1)
  }
  const again = outcome.getByRole('button', { name: '再次提交' })
  if (await again.count() > 0) { await again.focus(); await page.keyboard.press('Enter') }
  await expect(outcome.getByText('1 个场景已提交审核')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(grid.getByText('已提交')).toHaveCount(1)
})
