import { defineConfig } from '@playwright/test'

/** Journeys on the built product: ./dev build first. SCENARIOHUB_ADDRESS names a server that runs already; otherwise one is started on a random port with the demonstration. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/started-server.ts',
  outputDir: 'test-results',
  timeout: 240_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // One server on two cores.
  workers: 1,
  retries: 0,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] },
  },
})
