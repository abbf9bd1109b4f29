import { expect, test } from './hub'

test('a filer sees what is due, overdue and returned, and is shown around once', async ({ hub }) => {
  await hub.signIn('sasac.filer', '/work')
  const tour = hub.page.locator('.ant-tour')
  await expect(tour).toBeVisible()
  await hub.picture('work-tour')
  await hub.page.keyboard.press('Escape')
  await expect(tour).toBeHidden()
  await expect(hub.page.getByRole('heading', { level: 1 })).toHaveText('我的工作台')
  await expect(hub.page.getByText('逾期', { exact: false }).first()).toBeVisible()
  await hub.examine('work')
  await hub.page.reload()
  await hub.settled()
  await expect(tour).toBeHidden()
})
