import type { ReactNode } from "react"
import { Mark } from "./mark.tsx"

/** A page with one thing to say: that something is not there, or went wrong, and the way on. */
export function CalmPage({ title, lead, small, children }: { title: string; lead: string; small?: string; children: ReactNode }) {
  return (
    <main id="inhoud" tabIndex={-1} className="calm">
      <a className="mark" href="/">
        <Mark />
        Mijn LoonDossier
      </a>
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      {small && <p className="soft">{small}</p>}
      <div className="line-up">{children}</div>
    </main>
  )
}
