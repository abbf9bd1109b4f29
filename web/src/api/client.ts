import createClient from 'openapi-fetch'
import { currentLanguage } from '../lib/texts'
import { exactBody, keepLongNumbers } from './exact-json'
import type { components, paths } from './generated/schema'
import { ApiProblem } from './problem'
import { antiforgeryToken, keepToken, sessionToReturn } from './session-state'

const networkPausesMs = [400, 1500]
const SessionPath = '/api/v1/session'

/** Every request passes here: language, antiforgery token, idempotency key; one retry after a renewed session or token, two after a lost connection. */
async function send(request: Request): Promise<Response> {
  const isSession = new URL(request.url).pathname === SessionPath
  request.headers.set('Accept-Language', currentLanguage())
  // With a key, a POST whose answer was lost may be sent again: the server answers with the first outcome.
  if (request.method === 'POST' && !isSession && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
  let response = await connect(request)
  if (response.status === 401 && !isSession) {
    await sessionToReturn()
    response = await connect(request)
  } else if (response.status === 400 && (await codeOf(response)) === 'antiforgery-token-missing') {
    const session = await connect(new Request(new URL(SessionPath, window.location.origin)))
    if (session.ok) keepToken(((await session.json()) as components['schemas']['SessionView']).antiforgeryToken ?? null)
    response = await connect(request)
  }
  return exact(response)
}

async function connect(request: Request): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const copy = request.clone()
    const token = antiforgeryToken()
    if (token && copy.method !== 'GET') copy.headers.set('X-Antiforgery-Token', token)
    try {
      return await globalThis.fetch(copy)
    } catch (error) {
      if (request.signal.aborted) throw error
      const pause = networkPausesMs[attempt]
      if (pause === undefined) throw new ApiProblem(0, {})
      await new Promise((done) => { setTimeout(done, pause) })
    }
  }
}

async function exact(response: Response): Promise<Response> {
  if (!response.headers.get('Content-Type')?.includes('json')) return response
  return new Response(response.status === 204 ? null : keepLongNumbers(await response.text()), response)
}

async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.clone().json().catch(() => ({}))) as { code?: string }).code
}

/** crypto.randomUUID exists on secure origins alone; an intranet may speak plain HTTP to its proxy. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: send,
  bodySerializer: exactBody,
  // openapi-fetch would leave out empty ones; a query parameter of ours is sent or undefined.
  querySerializer: { array: { style: 'form', explode: true } },
})

/** The answer, or the refusal thrown as `ApiProblem`: `await answer(api.GET('/api/v1/goals', …))`. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (error !== undefined || !response.ok) throw new ApiProblem(response.status, typeof error === 'object' && error !== null ? error : {})
  return data as T
}

/** The answer with its version, for a later `If-Match`. */
export async function versioned<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<{ value: T; version: number }> {
  const outcome = await call
  const value = await answer(Promise.resolve(outcome))
  return { value, version: Number(outcome.response.headers.get('ETag')?.replaceAll('"', '') ?? 0) }
}

/** Header of a change to a version one has read; a stale one is refused with 412. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}
