import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { Followed } from "#domain/accounts/follow-address.ts"
import { Field } from "./field.tsx"
import { Notice } from "./notice.tsx"
import { OutcomeForm } from "./outcome-form.tsx"
import { SubmitButton } from "./submit-button.tsx"

export type ContactEmailAction = Action<Followed | "same">

/** "Adres wijzigen": where somebody is mailed, for who runs payroll, and what came of changing it. */
export async function ContactEmail({ partyId, email, name, action }: { partyId: string; email: string | null; name: string; action: ContactEmailAction }) {
  const t = await getTranslations("contactEmail")
  const done = {
    same: <Notice title={t("same")} />,
    changed: <Notice kind="good" title={t("changed")} />,
    invited: <Notice kind="good" title={t("changed")}>{t("invited", { name })}</Notice>,
    told: <Notice kind="good" title={t("changed")}>{t("told", { name })}</Notice>,
  }
  return (
    <OutcomeForm action={action} label={t("submit")} done={done}>
      <input type="hidden" name="partyId" value={partyId} />
      <Field name="email" type="email" label={t("label")} hint={t("hint")} autoComplete="off" autoCapitalize="none" spellCheck={false} defaultValue={email ?? ""} />
      <SubmitButton look="quiet">{t("submit")}</SubmitButton>
    </OutcomeForm>
  )
}
