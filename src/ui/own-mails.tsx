import { getTranslations } from "next-intl/server"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PasswordField } from "./password-field.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { mails: { isOn: boolean; isRefused: boolean; passwordBy: "employee" | "sender" | null }; refuseAction: FormAction; passwordAction: FormAction }

/** Whether one's own payslips go by mail: saying no to that, and choosing what opens them. */
export async function OwnMails({ mails: { isOn, isRefused, passwordBy }, refuseAction, passwordAction }: Props) {
  const t = await getTranslations("payslipMail")
  return (
    <ListSection id="loonpost" title={t("title")}>
      <div className="stack full">
        <p>{t(isRefused ? "ownRefused" : isOn ? "ownOn" : "ownOff")} {isOn && passwordBy && t(passwordBy === "employee" ? "hasOwn" : "hasMade")}</p>
        {isOn && !isRefused && (
          <ActionForm action={passwordAction} label={t("title")} done={<Notice kind="good" title={t("chosen")} />}>
            <PasswordField name="password" label={t("choose")} hint={t("chooseHint")} autoComplete="new-password" />
            <SubmitButton look="quiet">{t("chooseSubmit")}</SubmitButton>
          </ActionForm>
        )}
        <ActionForm key={String(isRefused)} action={refuseAction} done={<Notice kind="good" title={t(isRefused ? "acceptedNow" : "refusedNow")} />}>
          <input type="hidden" name="refuse" value={isRefused ? "no" : "yes"} />
          <SubmitButton look="quiet">{t(isRefused ? "accept" : "refuse")}</SubmitButton>
        </ActionForm>
      </div>
    </ListSection>
  )
}
