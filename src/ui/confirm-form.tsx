import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  id: string
  /** The words on the button that opens it. */
  trigger: string
  look?: keyof typeof looks
  /** How the button is read out, where its words alone do not say what it is about. */
  label?: string
  title: string
  /** What will happen, and to whom. */
  children: ReactNode
  /** The words on the button that does it: a verb, never "OK". */
  sure: string
  danger?: boolean
  action: FormAction
  /** Sent along, hidden. */
  fields: Readonly<Record<string, string>>
}

/** "bin": a picture of it; its words show on hovering. */
const looks = { quiet: "btn", danger: "btn danger", primary: "btn primary", bin: "act icon-delete" } as const

/** As Confirm, for an action that may refuse: the reason is told inside the dialog, which closes when it was done. Needs no JavaScript either. */
export async function ConfirmForm({ id, trigger, look = "quiet", label, title, children, sure, danger = false, action, fields }: Props) {
  const t = await getTranslations("ui.confirm")
  const open = { commandfor: id, command: "show-modal", popoverTarget: id }
  const close = { commandfor: id, command: "close", popoverTarget: id, popoverTargetAction: "hide" as const }
  return (
    <>
      <button type="button" className={looks[look]} title={look === "bin" ? trigger : undefined} aria-label={label} aria-haspopup="dialog" {...open}>
        {look !== "bin" && trigger}
      </button>
      <dialog id={id} className="dialog" popover="auto" aria-labelledby={`${id}-titel`}>
        <h2 id={`${id}-titel`}>{title}</h2>
        <ActionForm action={action} className="stack full">
          {children}
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="answer">
            <button type="button" className="btn" {...close}>
              {t("cancel")}
            </button>
            <SubmitButton look={danger ? "danger" : "primary"}>{sure}</SubmitButton>
          </div>
        </ActionForm>
      </dialog>
    </>
  )
}
