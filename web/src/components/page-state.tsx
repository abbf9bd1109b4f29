import { Button, Empty, Result, Skeleton } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asProblem } from '../api/problem'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'
import { ProblemAlert } from './problem-alert'

type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending'> & { refetch: () => unknown }

/**
 * The states of everything that is read: loading (a skeleton of the content's height, so that nothing jumps), refused, missing, offline, failed, empty, there.
 * `children` is called with the data alone.
 */
export function PageState<T>({ query, skeleton, isEmpty, empty, children }: { query: Asked<T>; skeleton?: ReactNode; isEmpty?: (data: T) => boolean; empty?: ReactNode; children: (data: T) => ReactNode }) {
  const t = useTexts(componentTexts)
  if (query.data !== undefined) {
    if (isEmpty?.(query.data)) return empty ?? <Empty description={t('empty')} style={{ padding: 48 }} />
    // Old data with a newer failure: shown, and said.
    return <>{query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : null}{children(query.data)}</>
  }
  if (query.isPending && !query.error) return <div role="status" aria-label={t('loading')}>{skeleton ?? <Skeleton active paragraph={{ rows: 6 }} />}</div>
  const problem = asProblem(query.error)
  const retry = <Button type="primary" onClick={() => void query.refetch()}>{t('retry')}</Button>
  if (problem.isRefused) return <Result status="403" title={t('refused')} subTitle={problem.message || t('refusedHint')} />
  if (problem.isMissing) return <Result status="404" title={t('missing')} subTitle={problem.message || t('missingHint')} />
  if (problem.isOffline) return <Result status="warning" title={t('offline')} subTitle={t('offlineHint')} extra={retry} />
  return <Result status="error" title={t('failed')} subTitle={<>{problem.message}{problem.traceId ? <div>{t('trace', { trace: problem.traceId })}</div> : null}</>} extra={retry} />
}
