import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { PrivateEmailView } from "#domain/accounts/private-email.ts"
import { Field } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { OutcomeForm } from "./outcome-form.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** "E-mail privé" of an employee: the address that counts, that no mail arrives there, the one that waits to be confirmed, and a form to change it. */
export async function PrivateEmail({ email: { address, waiting, isDead }, action }: { email: PrivateEmailView; action: Action<"mailed" | "removed" | "same"> }) {
  const t = await getTranslations("profile.privateEmail")
  const done = {
    mailed: <Notice kind="good" title={t("mailed")}>{t("mailedText")}</Notice>,
    removed: <Notice kind="good" title={t("removed")} />,
    same: <Notice title={t("same")} />,
  }
  return (
    <ListSection title={t("title")} id="email-prive">
      <OutcomeForm action={action} label={t("title")} done={done}>
        <p className="soft">{t("lead")}</p>
        {isDead && <Notice kind="bad" still title={t("deadTitle")}>{t("dead")}</Notice>}
        {waiting && <Notice kind="wait" still title={t("waitingTitle")}>{t("waiting", { address: waiting })}</Notice>}
        <Field name="privateEmail" type="email" label={t("label")} hint={t(address ? "emptyHint" : "none")} autoComplete="email" autoCapitalize="none" spellCheck={false} defaultValue={address ?? ""} />
        <SubmitButton look="quiet">{t("submit")}</SubmitButton>
      </OutcomeForm>
    </ListSection>
  )
}
