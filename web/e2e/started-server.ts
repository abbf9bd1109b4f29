import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const configuration = process.env['CONFIGURATION'] ?? 'Release'
const executable = join(import.meta.dirname, `../../src/ScenarioHub/bin/${configuration}/net10.0/ScenarioHub.dll`)

/** The built product as a process of its own, on a random port, with the demonstration in a folder that goes away. */
export default async function start(): Promise<(() => void) | undefined> {
  if (process.env['SCENARIOHUB_ADDRESS']) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'scenariohub-web-'))
  const settings = [`--Hub:DataFolder=${folder}`, '--Logging:LogLevel:Default=Warning']
  const planted = spawnSync('dotnet', [executable, 'demo', ...settings], { encoding: 'utf8' })
  if (planted.status !== 0) throw new Error(`The demonstration could not be planted.\n${planted.stdout}${planted.stderr}`)
  const address = `http://127.0.0.1:${await freePort()}`
  const server = spawn('dotnet', [executable, 'serve', ...settings, '--urls', address], { stdio: ['ignore', 'inherit', 'inherit'] })
  await answering(address, server)
  process.env['SCENARIOHUB_ADDRESS'] = address
  return () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answering(address: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error('The server ended while starting.')
    const ready = await fetch(`${address}/health/ready`).then((response) => response.ok, () => false)
    if (ready) return
    await new Promise((done) => { setTimeout(done, 100) })
  }
  throw new Error('The server did not become ready.')
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const place = listener.address()
      listener.close(() => found(typeof place === 'object' && place ? place.port : 0))
    })
  })
}
