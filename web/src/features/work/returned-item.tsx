import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { type FilingLine, useFiling } from '../../api/filing-queries'
import { type ScenarioLine, useScenario } from '../../api/scenario-queries'
import { formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { workTexts } from './work-texts'

/** A filing or a registration that was returned, with the reviewer's reason and the way to put it right. */
export function ReturnedItem({ filing, scenario }: { filing?: FilingLine; scenario?: ScenarioLine }) {
  const t = useTexts(workTexts)
  const language = useLanguage()
  return (
    <li className="hub-line hub-line-top">
      <div style={{ minWidth: 0 }}>
        <strong>{filing ? filing.scenarioName : scenario?.name}</strong>
        <div className="hub-small">{filing ? `${t('filing')} · ${formatPeriod(filing.period, language)}` : t('scenario')} · {filing?.organizationName ?? scenario?.organizationName}</div>
        {filing ? <FilingReason filing={filing} /> : scenario ? <ScenarioReason id={scenario.id} /> : null}
      </div>
      <Link to={filing ? `/filings?period=${filing.period}&scenario=${filing.scenarioId}` : `/scenarios/${scenario?.id ?? 0}/edit`}>{t('revise')}</Link>
    </li>
  )
}

function FilingReason({ filing }: { filing: FilingLine }) {
  const { data, isPending } = useFiling(filing.scenarioId, filing.period)
  return <Reason text={data?.returnReason} pending={isPending} />
}

function ScenarioReason({ id }: { id: number }) {
  const { data, isPending } = useScenario(id)
  return <Reason text={data?.value.returnReason ?? null} pending={isPending} />
}

function Reason({ text, pending }: { text: string | null | undefined; pending: boolean }) {
  const t = useTexts(workTexts)
  if (pending) return <Skeleton.Input active size="small" aria-label={t('reasonLoading')} />
  return text ? <div className="hub-quote">{t('reason', { reason: text })}</div> : null
}
