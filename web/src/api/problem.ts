import type { components } from './generated/schema'

export type FieldProblem = components['schemas']['FieldProblem']

/** A refusal of the API (RFC 9457), or no answer at all: then the code is `offline` and the status 0. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldProblem[]
  readonly traceId: string | null
  /** The version that stands, when the one sent was stale (412). */
  readonly currentVersion: number | null

  constructor(status: number, problem: Partial<components['schemas']['Problem']>) {
    super(problem.detail ?? '')
    this.name = 'ApiProblem'
    this.status = status
    this.code = problem.code ?? (status === 0 ? 'offline' : 'unreadable-answer')
    this.errors = problem.errors ?? []
    this.traceId = problem.traceId ?? null
    this.currentVersion = problem.currentVersion ?? null
  }

  get isOffline(): boolean { return this.status === 0 }
  get isRefused(): boolean { return this.status === 403 }
  get isMissing(): boolean { return this.status === 404 }
  get isStale(): boolean { return this.status === 412 }
}

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem(-1, { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) })
}
