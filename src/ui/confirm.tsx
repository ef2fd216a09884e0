import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  id: string
  /** The words on the button that opens it, and its looks. */
  trigger: string
  look?: "quiet" | "danger" | "primary"
  title: string
  /** What will happen, and to whom. */
  children: ReactNode
  /** The words on the button that does it: a verb, never "OK". */
  sure: string
  danger?: boolean
  action: (form: FormData) => void | Promise<void>
  /** Sent along, hidden. */
  fields?: Readonly<Record<string, string>>
}

/**
 * Asks before something is done. Needs no JavaScript: the browser opens the dialog itself by the command of its button
 * (HTML "invoker commands"); KeyboardHelp does it for browsers from before 2026.
 */
export function Confirm({ id, trigger, look = "quiet", title, children, sure, danger = false, action, fields = {} }: Props) {
  const t = useTranslations("ui.confirm")
  const open = { commandfor: id, command: "show-modal" }
  const close = { commandfor: id, command: "close" }
  return (
    <>
      <button type="button" className={`btn${look === "quiet" ? "" : ` ${look}`}`} aria-haspopup="dialog" {...open}>
        {trigger}
      </button>
      <dialog id={id} className="dialog" aria-labelledby={`${id}-titel`}>
        <h2 id={`${id}-titel`}>{title}</h2>
        <div className="stack">{children}</div>
        <div className="answer">
          <button type="button" className="btn" {...close}>
            {t("cancel")}
          </button>
          <form action={action}>
            {Object.entries(fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <SubmitButton look={danger ? "danger" : "primary"} wide>
              {sure}
            </SubmitButton>
          </form>
        </div>
      </dialog>
    </>
  )
}
