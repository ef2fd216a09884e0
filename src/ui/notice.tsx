import type { ReactNode } from "react"
import { Icon } from "./icon.tsx"

/** A message on the page. "bad" interrupts a screen reader, the others wait their turn; `still` for what was there from the start. */
export function Notice({ kind = "info", title, still = false, children }: { kind?: "info" | "good" | "wait" | "bad"; title?: string; still?: boolean; children?: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={still ? undefined : kind === "bad" ? "alert" : "status"}>
      <Icon name={kind} />
      <div>
        {title && <b>{title}</b>}
        {children}
      </div>
    </div>
  )
}
