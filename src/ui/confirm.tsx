import { getTranslations } from "next-intl/server"
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
 * Asks before something is done. Needs no JavaScript: the browser opens the dialog itself by the command of its button, or as a
 * popover where it does not know commands yet.
 */
export async function Confirm({ id, trigger, look = "quiet", title, children, sure, danger = false, action, fields = {} }: Props) {
  const t = await getTranslations("ui.confirm")
  const open = { commandfor: id, command: "show-modal", popoverTarget: id }
  const close = { commandfor: id, command: "close", popoverTarget: id, popoverTargetAction: "hide" as const }
  return (
    <>
      <button type="button" className={`btn${look === "quiet" ? "" : ` ${look}`}`} aria-haspopup="dialog" {...open}>
        {trigger}
      </button>
      <dialog id={id} className="dialog" popover="auto" aria-labelledby={`${id}-titel`}>
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
