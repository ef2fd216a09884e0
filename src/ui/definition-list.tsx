import type { ReactNode } from "react"

type Props = {
  items: readonly { term: string; value: ReactNode; note?: ReactNode }[]
  /** The terms are whom it is about, and carry the weight. */
  named?: boolean
}

/** "Mijn gegevens": a term and its value per line. An empty value shows a dash, so that a gap is seen as a gap. */
export function DefinitionList({ items, named = false }: Props) {
  return (
    <dl className={named ? "facts named" : "facts"}>
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
