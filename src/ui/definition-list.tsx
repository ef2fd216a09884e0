import type { ReactNode } from "react"

/** "Mijn gegevens": a term and its value per line. An empty value shows a dash, so that a gap is seen as a gap. */
export function DefinitionList({ items }: { items: readonly { term: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map(({ term, value, note }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            {value || <span className="soft">–</span>}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
