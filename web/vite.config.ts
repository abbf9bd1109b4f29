import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig } from 'vitest/config'

// Compressed once, here, instead of on every request; the server picks the file the browser can read.
const precompress = {
  name: 'precompress',
  apply: 'build' as const,
  closeBundle() {
    for (const file of readdirSync('dist', { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || !/\.(js|css|svg|json)$/.test(file.name)) continue
      const path = join(file.parentPath, file.name)
      const content = readFileSync(path)
      if (content.length < 1024) continue
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    }
  },
}

const server = process.env['SCENARIOHUB_ADDRESS'] ?? 'http://127.0.0.1:5080'

export default defineConfig({
  plugins: [react(), precompress],
  build: {
    target: 'es2022',
    // Inlined pieces would be data: addresses, which the content security policy refuses for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next|openapi-fetch)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(['/api', '/openapi', '/reference', '/health', '/connect'].map((path) => [path, server])) },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
})
