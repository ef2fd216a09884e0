"use client"

import type { ReactNode } from "react"
import { useFormStatus } from "react-dom"

type Props = {
  look?: "primary" | "quiet" | "danger"
  /** Over the whole width of the form. */
  wide?: boolean
  /** Sent with the form, to tell two buttons apart. */
  name?: string
  value?: string
  formAction?: (form: FormData) => void | Promise<void>
  children: ReactNode
}

/** Sends its form, once: while the answer is on its way it says it is busy and a second press does nothing. */
export function SubmitButton({ look = "primary", wide = false, name, value, formAction, children }: Props) {
  const { pending } = useFormStatus()
  return (
    <button
      className={`btn${look === "quiet" ? "" : ` ${look}`}${wide ? " wide" : ""}`}
      name={name}
      value={value}
      formAction={formAction}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
    >
      {children}
    </button>
  )
}
