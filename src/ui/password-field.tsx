import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Framed } from "./field.tsx"
import { Reveal } from "./reveal.tsx"

type Props = {
  name: string
  label: string
  hint?: ReactNode
  error?: string
  autoComplete: "current-password" | "new-password"
  minLength?: number
  autoFocus?: boolean
  /** It may stay empty: there is one already. */
  optional?: boolean
}

/** A field for a password, with an eye. Pasting and password managers work; nothing typed is ever sent back. */
export function PasswordField({ name, label, hint, error, optional = false, ...input }: Props) {
  const t = useTranslations("ui.password")
  return (
    <Framed name={name} label={label} hint={hint} error={error} optional={optional}>
      <Reveal {...input} name={name} hinted={Boolean(hint)} error={error} required={!optional} show={t("show")} hide={t("hide")} />
    </Framed>
  )
}
