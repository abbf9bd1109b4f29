/** What was searched for, marked where it was found. */
export function Highlighted({ text, part }: { text: string; part: string }) {
  const wanted = part.trim()
  const at = wanted ? text.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase()) : -1
  if (at < 0) return <>{text}</>
  return <>{text.slice(0, at)}<mark className="hub-found">{text.slice(at, at + wanted.length)}</mark>{text.slice(at + wanted.length)}</>
}
