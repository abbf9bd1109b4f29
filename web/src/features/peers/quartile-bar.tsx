import type { PeerCell } from '../../api/peer-queries'
import { approximate, type Decimal } from '../../lib/decimal'

/** The middle half of the sector as a box, the median as a line, one's own enterprises as dots. */
export function QuartileBar({ cell, places }: { cell: PeerCell; places: { name: string; value: Decimal }[] }) {
  if (cell.median === null) return null
  const [low, middle, high] = [approximate(cell.p25 ?? cell.median), approximate(cell.median), approximate(cell.p75 ?? cell.median)]
  const dots = places.map((place) => ({ name: place.name, at: approximate(place.value) }))
  const from = Math.min(low, ...dots.map((dot) => dot.at))
  const to = Math.max(high, ...dots.map((dot) => dot.at))
  const x = (value: number) => to === from ? 50 : 4 + ((value - from) / (to - from)) * 92
  return (
    <svg className="hub-quartiles" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={`${low} – ${middle} – ${high}`}>
      <line x1="2" x2="98" y1="12" y2="12" stroke="#c9d3e0" vectorEffect="non-scaling-stroke" />
      <rect x={x(low)} width={Math.max(x(high) - x(low), 0.6)} y="5" height="14" fill="#b7d3fb" />
      <line x1={x(middle)} x2={x(middle)} y1="3" y2="21" stroke="#0958d9" strokeWidth="2" vectorEffect="non-scaling-stroke" />
      {dots.map((dot) => <line key={dot.name} x1={x(dot.at)} x2={x(dot.at)} y1="8" y2="16" stroke="#d4380d" strokeWidth="3" vectorEffect="non-scaling-stroke"><title>{dot.name}</title></line>)}
    </svg>
  )
}
