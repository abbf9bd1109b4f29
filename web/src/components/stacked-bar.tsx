/** Parts of a whole in one line; described in words, since colours alone tell nobody everything. */
export function StackedBar({ parts, label }: { parts: readonly { key: string; label: string; value: number; color: string }[]; label: string }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0)
  return (
    <div className="hub-bar" role="img" aria-label={label}>
      {total > 0 ? parts.filter((part) => part.value > 0).map((part) => <span key={part.key} style={{ flexGrow: part.value, backgroundColor: part.color }} />) : null}
    </div>
  )
}
