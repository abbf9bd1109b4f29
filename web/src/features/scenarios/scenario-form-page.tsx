import { CheckCircleOutlined, DisconnectOutlined, LoadingOutlined, SaveOutlined, SendOutlined } from '@ant-design/icons'
import { Alert, Button, Flex, Result, Skeleton } from 'antd'
import { useDeferredValue } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useCodeItems, useFields } from '../../api/catalog-queries'
import { type Scenario, type ScenarioMeasure, useScenario, useScenarioStep, useSimilarScenarios } from '../../api/scenario-queries'
import { useSession } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { StaleDialog } from '../../components/stale-dialog'
import { formatShare } from '../../lib/format'
import { today } from '../../lib/periods'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { type Field, formFields, isRequired, isShown, missing } from './form-model'
import { MeasuresField } from './measures-field'
import { ScenarioField } from './scenario-field'
import { scenarioTexts } from './scenario-texts'
import { useScenarioDraft } from './use-scenario-draft'

export default function ScenarioFormPage() {
  const t = useTexts(scenarioTexts)
  const id = Number(useParams()['id']) || null
  const query = useScenario(id)
  const fields = useFields()
  const stages = useCodeItems('stage')
  const step = useScenarioStep('withdraw')
  if (!fields.data || stages.length === 0) return <PageState query={fields} skeleton={<Skeleton active paragraph={{ rows: 14 }} />}>{() => <Skeleton active />}</PageState>
  const all = formFields(fields.data.items)
  if (id === null) return <Form key="new" loaded={null} fields={all} stages={stages.map((stage) => stage.code)} />
  return (
    <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 14 }} />}>
      {(loaded) => loaded.value.state === 'submitted' || loaded.value.state === 'retired'
        ? <Result status="info" title={loaded.value.state === 'submitted' ? t('locked') : t('retired')} extra={<>{loaded.value.state === 'submitted' ? <Button type="primary" loading={step.isPending} onClick={() => step.mutate({ id, version: loaded.version })}>{t('withdraw')}</Button> : null}<Link to={`/scenarios/${id}`}>{t('detail')}</Link></>} />
        : <Form key={id} loaded={loaded} fields={all} stages={stages.map((stage) => stage.code)} />}
    </PageState>
  )
}

function Form({ loaded, fields, stages }: { loaded: { value: Scenario; version: number } | null; fields: readonly Field[]; stages: readonly string[] }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const session = useSession()
  const navigate = useNavigate()
  const draft = useScenarioDraft(session.userId, loaded, { kind: 'application', organization: session.organization.id, openScope: 'registered', stage: 'idea', stageSince: today(), stateSecret: false }, fields.filter((field) => field.required === 'always').map((field) => field.json))
  const { values, errors, state } = draft
  const name = useDeferredValue(typeof values['name'] === 'string' ? values['name'].trim() : '')
  const similar = useSimilarScenarios(name, draft.id)
  const shown = fields.filter((field) => isShown(field, values, stages))
  const groups = [...new Set(shown.map((field) => field.group))].map((group) => ({ name: group, label: pick({ zh: group, en: shown.find((field) => field.group === group)?.groupEn ?? group }, language), fields: shown.filter((field) => field.group === group) }))
  const todo = missing(shown, values, stages)
  const measures = (values['measures'] as ScenarioMeasure[] | null | undefined) ?? []
  const jump = (json: string) => {
    document.getElementById(`field/${json}`)?.scrollIntoView({ block: 'center' })
    document.getElementById(`input-${json}`)?.focus({ preventScroll: true })
  }
  const labelOf = (json: string) => { const field = fields.find((one) => one.json === json); return field ? nameOf(field, language) : json === 'measures' ? t('measures') : json }
  const wrong = Object.entries(errors).filter(([key]) => key !== '')
  const status = { saved: <><CheckCircleOutlined /> {t('saved')}</>, saving: <><LoadingOutlined /> {t('saving')}</>, unsaved: <><SaveOutlined /> {t('unsaved')}</>, local: <><SaveOutlined /> {t('local')}</>, offline: <><DisconnectOutlined /> {t('offline')}</> }[state]
  const submit = async () => {
    if (await draft.submit()) { notify('success', t('submitted')); void navigate(`/scenarios/${draft.id ?? 0}`); return }
    const first = todo[0]
    if (first) jump(first.json)
  }
  return (
    <>
      <PageHeader title={loaded ? values['name'] as string || t('editTitle') : t('formTitle')} about={<span role="status" data-testid="save-state">{draft.restored && state !== 'saved' ? `${t('restored')} · ` : ''}{status}</span>}
        actions={<Button type="primary" icon={<SendOutlined />} disabled={draft.id === null} onClick={() => void submit()}>{t('submit')}</Button>} />
      {loaded?.value.returnReason && loaded.value.state === 'returned' ? <Alert type="warning" showIcon style={{ marginBlockEnd: 16 }} title={t('returned', { reason: loaded.value.returnReason })} /> : null}
      <div className="hub-form">
        <nav className="hub-panel hub-form-nav" aria-label={t('groups')}>
          {groups.map((group) => {
            const left = group.fields.filter((field) => todo.includes(field) || errors[field.json]).length
            return <a key={group.name} href={`#group-${group.name}`} onClick={(event) => { event.preventDefault(); document.getElementById(`group-${group.name}`)?.scrollIntoView({ behavior: 'smooth', block: 'start' }) }}>{group.label}{left ? <span className="hub-count">{left}</span> : <CheckCircleOutlined style={{ color: '#237804' }} />}</a>
          })}
          <div className="hub-todo">
            <strong>{t('todo')}</strong>
            <div className="hub-small">{todo.length + wrong.length ? t('todoCount', { count: todo.length + wrong.filter(([key]) => !todo.some((field) => field.json === key)).length }) : t('todoNone')}</div>
            <ul>
              {wrong.map(([key, what]) => <li key={`w${key}`}><button type="button" className="hub-link hub-wrong" onClick={() => jump(key)}>{labelOf(key)}</button><div className="hub-small">{what}</div></li>)}
              {todo.filter((field) => !errors[field.json]).map((field) => <li key={field.json}><button type="button" className="hub-link" onClick={() => jump(field.json)}>{nameOf(field, language)}</button></li>)}
            </ul>
          </div>
        </nav>
        <div className="hub-grid">
          {draft.refusal ? <ProblemAlert error={draft.refusal} onJump={(problem) => jump(problem.pointer.split('/')[1] ?? '')} /> : null}
          {groups.map((group) => (
            <section key={group.name} id={`group-${group.name}`} className="hub-panel hub-form-group" aria-labelledby={`title-${group.name}`}>
              <h2 id={`title-${group.name}`} className="hub-subheading ant-typography">{group.label}</h2>
              {group.fields.map((field) => (
                <ScenarioField key={field.json} field={field} value={values[field.json]} required={isRequired(field, values, stages)} error={errors[field.json]} onChange={(value) => draft.change(field.json, value)}
                  below={field.json === 'name' && similar.data && similar.data.items.length > 0 && name.length >= 4 ? (
                    <div className="hub-similar" role="status"><strong>{t('similar')}</strong>
                      <ul>{similar.data.items.map((one) => <li key={one.id}><Link to={`/scenarios/${one.id}`} target="_blank">{one.name}</Link> <span className="hub-small">{one.organizationName} · {t('similarShare', { share: formatShare(one.likeness, 0) })}</span></li>)}</ul>
                    </div>
                  ) : undefined} />
              ))}
            </section>
          ))}
          {values['stateSecret'] === true ? null : (
            <section className="hub-panel hub-form-group" aria-labelledby="title-measures">
              <h2 id="title-measures" className="hub-subheading ant-typography">{t('measures')}</h2>
              <MeasuresField value={measures} error={errors['measures']} onChange={(next) => draft.change('measures', next)} />
            </section>
          )}
          <Flex justify="end"><Button type="primary" size="large" icon={<SendOutlined />} disabled={draft.id === null} onClick={() => void submit()}>{t('submit')}</Button></Flex>
        </div>
      </div>
      <StaleDialog open={draft.stale !== null} version={draft.stale?.version ?? 0} onKeepMine={() => draft.settle(true)} onTakeTheirs={() => draft.settle(false)}
        fields={Object.keys(draft.mine).map((key) => ({ key, label: labelOf(key), mine: say(draft.mine[key]), theirs: say(draft.stale?.theirs[key]) }))} />
    </>
  )
}

function say(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}
