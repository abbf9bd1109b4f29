// node shot.mjs name path [lang] [width]
import { chromium } from '@playwright/test'
const [,, name, path, lang='zh-CN', width='1440', user='sasac.regulator', act=''] = process.argv
const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox'] })
const p = await b.newPage({ viewport:{width:+width,height:900} })
p.on('console', m => { if (['error','warning'].includes(m.type())) console.log(m.type(), m.text().slice(0,400)) }); p.on('pageerror', e => console.log('PAGEERROR', e.message))
p.on('response', r => { if (r.status()>=400 && !r.url().endsWith('/session')) console.log(r.status(), r.url()) })
await p.addInitScript(l => { localStorage.setItem('scenariohub.language', l) }, lang)
await p.goto('http://127.0.0.1:43117'+path)
await p.locator('input[autocomplete=username]').fill(user); await p.locator('input[type=password]').fill('demo-2026-scenariohub'); await p.keyboard.press('Enter')
await p.locator('.ant-layout-header').waitFor(); await p.waitForLoadState('networkidle'); await p.waitForTimeout(500)
for(let i=0;i<40 && await p.locator('.ant-skeleton-active').count();i++) await p.waitForTimeout(300)
if (act) { await eval(`(async()=>{${act}})()`); await p.waitForLoadState('networkidle'); await p.waitForTimeout(900) }
const h = await p.evaluate(() => document.documentElement.scrollHeight)
await p.setViewportSize({ width:+width, height: act ? 900 : Math.min(h,4000) }); await p.waitForLoadState('networkidle'); await p.waitForTimeout(600)
for(let i=0;i<40 && await p.locator('.ant-skeleton-active').count();i++) await p.waitForTimeout(300)
await p.waitForTimeout(900)
await p.screenshot({ path:`/tmp/webslice/${name}.png` }); await b.close()
