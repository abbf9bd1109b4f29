import type { components } from '../../api/generated/schema'
import { useAmount } from '../../components/amount'
import { ToneTag } from '../../components/tone-tag'
import { approximate, type Decimal } from '../../lib/decimal'
import { formatDay } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { standingTexts } from './standing-texts'

type Cell = components['schemas']['PeerCell']
type Place = components['schemas']['PeerPlace'] & { name: string }

/** One measure among the peers: the quartiles as a band, one's own value as a mark; or the reason why nothing is published. */
export function PeerMeasure({ cell, ours }: { cell: Cell; ours: Place[] }) {
  const t = useTexts(standingTexts)
  const language = useLanguage()
  const amount = useAmount()
  const say = (value: Decimal | null | undefined) => { const { text, unitText } = amount(value, cell.unit); return value === null || value === undefined ? '—' : `${text} ${unitText}` }
  const own = ours[0]
  const known = [cell.p25, cell.median, cell.p75, own?.value].filter((value): value is Decimal => value !== null && value !== undefined).map(approximate)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const span = high - low || Math.abs(high) || 1
  const place = (value: Decimal) => `${(8 + ((approximate(value) - low) / span) * 84).toFixed(2)}%`
  return (
    <article className="hub-card" aria-label={cell.label}>
      <div className="hub-line" style={{ border: 'none', padding: 0 }}><strong>{cell.label}</strong><span className="hub-small">{cell.direction === 'up' ? t('better') : t('lower')}{cell.enterprises ? ` · ${t('enterprises', { band: cell.enterprises })}` : ''}</span></div>
      {cell.state === 'published' ? (
        <>
          <div className="hub-band" role="img" aria-label={t('distribution', { measure: cell.label, p25: say(cell.p25), median: say(cell.median), p75: say(cell.p75), ours: say(own?.value) })}>
            {cell.p25 !== null && cell.p75 !== null ? <span className="hub-band-range" style={{ insetInlineStart: place(cell.p25), width: `calc(${place(cell.p75)} - ${place(cell.p25)})` }} /> : null}
            {cell.median !== null ? <span className="hub-band-median" style={{ insetInlineStart: place(cell.median) }} /> : null}
            {own ? <span className="hub-band-own" style={{ insetInlineStart: place(own.value) }} /> : null}
          </div>
          <dl className="hub-peer-numbers hub-number"><div><dt>{t('p25')}</dt><dd>{say(cell.p25)}</dd></div><div><dt>{t('median')}</dt><dd>{say(cell.median)}</dd></div><div><dt>{t('p75')}</dt><dd>{say(cell.p75)}</dd></div></dl>
        </>
      ) : <div className="hub-small">{t('withheld')}: {cell.reasonText}</div>}
      {ours.length ? ours.map((one) => <div key={one.name}><span className="hub-small">{one.name}</span> <strong className="hub-number">{say(one.value)}</strong> {one.positionLabel ? <ToneTag tone="primary">{one.positionLabel}</ToneTag> : null}</div>) : <div className="hub-small">{t('noOurs')}</div>}
      {cell.asOf ? <div className="hub-small">{t('asOf', { day: formatDay(cell.asOf, language) })}</div> : null}
    </article>
  )
}
