import type { ReactNode } from "react"
import { Icon } from "./icon.tsx"

type Props = {
  title: string
  lead?: ReactNode
  /** Buttons or the choice of a year, beside the title. */
  actions?: ReactNode
  /** The page this one hangs under. */
  back?: { href: string; label: string }
}

/** The head of a page: its one h1, a sentence, and what can be done with the whole. */
export function PageHead({ title, lead, actions, back }: Props) {
  return (
    <div className="head">
      <div>
        {back && (
          <a className="crumb" href={back.href}>
            <Icon name="back" small />
            {back.label}
          </a>
        )}
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {actions && <div className="line-up">{actions}</div>}
    </div>
  )
}
