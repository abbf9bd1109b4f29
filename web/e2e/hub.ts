import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page, request } from '@playwright/test'
import { join } from 'node:path'

export { expect }
export type Language = 'zh-CN' | 'en-US'
const Password = 'demo-2026-scenariohub'

/** One journey's browser. Whatever goes wrong unnoticed (console error, failed or outside request, policy violation) fails the test at its end. */
export class Hub {
  readonly wrong: string[] = []
  private readonly expected: RegExp[] = []
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** A failure that belongs to the journey: its address or text. */
  expects(pattern: RegExp): void {
    this.expected.push(pattern)
  }

  note(what: string): void {
    if (!this.expected.some((pattern) => pattern.test(what))) this.wrong.push(what)
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path)
    await this.settled()
  }

  /** No request under way and no skeleton left. */
  async settled(): Promise<void> {
    await this.page.waitForLoadState('networkidle')
    await expect(this.page.locator('.ant-skeleton-active, .ant-spin-spinning')).toHaveCount(0)
  }

  /** A request of another person, without a browser: what a journey needs to find. */
  async as(userName: string): Promise<(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Record<string, unknown>>> {
    const context = await request.newContext({ baseURL: process.env['SCENARIOHUB_ADDRESS'] })
    const session = (await (await context.post('/api/v1/session', { data: { userName, password: Password } })).json()) as { antiforgeryToken: string }
    return async (method, path, body, headers = {}) => {
      const response = await context.fetch(path, { method, ...(body === undefined ? {} : { data: body }), headers: { 'X-Antiforgery-Token': session.antiforgeryToken, ...headers } })
      expect(response.ok(), `${method} ${path}: ${await response.text()}`).toBe(true)
      return (await response.json()) as Record<string, unknown>
    }
  }

  async signIn(userName: string, path = '/'): Promise<void> {
    await this.page.goto(path)
    await this.page.locator('input[autocomplete=username]').fill(userName)
    await this.page.locator('input[type=password]').fill(Password)
    await this.page.keyboard.press('Enter')
    await expect(this.page.locator('.ant-layout-header')).toBeVisible()
    await this.settled()
  }

  async speak(language: Language): Promise<void> {
    await this.page.locator('.ant-layout-header, .hub-sign-in').getByText(language === 'zh-CN' ? '中文' : 'EN', { exact: true }).click()
    await expect(this.page.locator('html')).toHaveAttribute('lang', language)
    await this.settled()
  }

  /** axe finds nothing, in either language; a picture of each lies in e2e/screenshots. Ends in Chinese. */
  async examine(name: string): Promise<void> {
    for (const language of ['en-US', 'zh-CN'] as const) {
      await this.speak(language)
      await this.page.mouse.move(0, 0)
      await this.page.evaluate(() => window.scrollTo(0, 0))
      await this.page.waitForTimeout(400)
      await this.page.screenshot({ path: join(import.meta.dirname, 'screenshots', `${name}.${language}.png`), fullPage: true })
      await this.accessible(`${name} ${language}`)
    }
  }

  /** For dialogs and drawers, where the language switch is out of reach. */
  async picture(name: string): Promise<void> {
    await this.page.waitForTimeout(400)
    await this.page.screenshot({ path: join(import.meta.dirname, 'screenshots', `${name}.png`) })
  }

  async accessible(what: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze()
    expect.soft(violations.map((violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${node.html.slice(0, 200)} ${node.failureSummary?.replaceAll('\n', ' ') ?? ''}`).join('\n')}`), `accessibility of ${what}`).toEqual([])
  }
}

export const test = base.extend<{ hub: Hub }>({
  baseURL: async ({}, use) => use(process.env['SCENARIOHUB_ADDRESS']),
  hub: async ({ page, baseURL }, use) => {
    const hub = new Hub(page)
    // Nobody is signed in at first: the page asks, and is told so.
    hub.expects(/401.*\/api\/v1\/session$/)
    await page.exposeFunction('policyViolated', (what: string) => hub.note(`content security policy: ${what}`))
    await page.addInitScript(() => {
      const told = window as unknown as { policyViolated: (what: string) => void }
      document.addEventListener('securitypolicyviolation', (event) => told.policyViolated(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))
    })
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') hub.note(`console ${message.type()}: ${message.text()} ${message.location().url}`)
    })
    page.on('pageerror', (error) => hub.note(`uncaught: ${error.message}`))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(baseURL ?? '') && !/^(data|blob):/.test(url)) hub.note(`outside request: ${url}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 400) hub.note(`answered ${response.status()}: ${response.url()}`)
    })
    page.on('requestfailed', (request) => {
      // A page that is left, or a query that changed, lets go of what it asked for.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') hub.note(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`)
    })
    await use(hub)
    expect(hub.wrong, 'what went wrong unnoticed').toEqual([])
  },
})
