import { Alert, Button, Typography } from 'antd'
import { asProblem, type FieldProblem } from '../api/problem'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'

/**
 * A refusal with all that is wrong. `onJump` brings the reader to a field: it gets the problem with its JSON pointer;
 * without it, a form item whose id is `field` + pointer is scrolled to and focused.
 */
export function ProblemAlert({ error, onRetry, onJump }: { error: unknown; onRetry?: () => void; onJump?: (problem: FieldProblem) => void }) {
  const t = useTexts(componentTexts)
  const problem = asProblem(error)
  const title = problem.isOffline ? t('offline') : problem.status === -1 ? t('unexpected') : problem.message || problem.code
  return (
    <Alert type="error" showIcon role="alert" style={{ marginBlockEnd: 16 }} title={title}
      action={onRetry ? <Button size="small" onClick={onRetry}>{t('retry')}</Button> : undefined}
      description={problem.isOffline ? t('offlineHint') : problem.errors.length > 0 || problem.traceId ? (
        <>
          {problem.errors.length > 0 ? (
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {problem.errors.map((one, index) => (
                <li key={index}>{one.message}{' '}
                  {one.pointer ? <Button type="link" size="small" style={{ padding: 0 }} onClick={() => (onJump ?? jumpToField)(one)}>{t('goTo')}</Button> : null}</li>
              ))}
            </ul>
          ) : null}
          {problem.traceId && problem.status >= 500 ? <Typography.Text type="secondary" copyable={{ text: problem.traceId }}>{t('trace', { trace: problem.traceId })}</Typography.Text> : null}
        </>
      ) : undefined} />
  )
}

function jumpToField(problem: FieldProblem): void {
  const field = document.getElementById(`field${problem.pointer}`)
  field?.scrollIntoView({ block: 'center' })
  const input = field?.matches('input,textarea,button,[tabindex]') ? field : field?.querySelector<HTMLElement>('input,textarea,button,[tabindex]')
  input?.focus()
}
