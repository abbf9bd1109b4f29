import { expect, test } from './hub'

test('a regulator signs in and reads the dashboard in both languages', async ({ hub }) => {
  await hub.page.goto('/dashboard')
  await hub.page.getByRole('heading', { name: '登录' }).waitFor()
  await hub.examine('sign-in')
  await hub.signIn('sasac.regulator', '/dashboard')
  await expect(hub.page.getByRole('heading', { level: 1 })).toHaveText('看板')
  await hub.examine('dashboard')
})

test('a session that ends loses nothing of the page', async ({ hub }) => {
  await hub.signIn('sasac.regulator', '/dashboard')
  hub.expects(/401/)
  await hub.page.context().clearCookies()
  await hub.speak('en-US').catch(() => undefined)
  const dialog = hub.page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await hub.picture('session-ended')
  await dialog.locator('input[type=password]').fill('demo-2026-scenariohub')
  await hub.page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await hub.settled()
  await expect(hub.page.getByText('Cost saving')).toBeVisible()
})
