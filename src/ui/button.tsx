import type { ComponentProps, ReactNode } from "react"
import { Icon } from "./icon.tsx"

export type ButtonLook = "primary" | "quiet" | "danger"

/** A button of a form. For one that shows that it is busy: SubmitButton. */
export function Button({ look = "quiet", icon, className, ...rest }: ComponentProps<"button"> & { look?: ButtonLook; icon?: string }) {
  return (
    <button {...rest} className={lookOf(look, className)}>
      {icon && <Icon name={icon} small />}
      {rest.children}
    </button>
  )
}

/** A link that looks like a button, for going to where something is done. */
export function LinkButton({ look = "quiet", icon, href, download, className, children }: { look?: ButtonLook; icon?: string; href: string; download?: boolean; className?: string; children: ReactNode }) {
  return (
    <a href={href} download={download} className={lookOf(look, className)}>
      {icon && <Icon name={icon} small />}
      {children}
    </a>
  )
}

function lookOf(look: ButtonLook, more: string | undefined): string {
  return ["btn", look === "quiet" ? "" : look, more].filter(Boolean).join(" ")
}
