import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { PersonMails as Mails } from "#domain/payslip-mails/switch-mails.ts"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PayslipPassword } from "./payslip-password.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { employeeId: string; here: string; mails: Mails; acts: { on: Action<string>; off: FormAction; renew: Action<string> } }

/** Whether somebody's payslips go by mail; what opens them is shown when it is made, and never again. */
export async function PersonMails({ employeeId, here, mails: { isAllowed, isOn, isRefused, passwordBy }, acts }: Props) {
  const t = await getTranslations("payslipMail")
  if (!isAllowed && !isOn) return null
  const words = { title: t("passwordTitle"), lead: t("passwordLead"), list: t("password"), copy: t("copy"), copied: t("copied"), print: t("print"), kept: t("kept") }
  const whose = <input type="hidden" name="employeeId" value={employeeId} />
  const made = { words, next: here, known: t("switchedOn") }
  const state = isRefused ? "refused" : !isAllowed ? "notAllowed" : isOn ? "on" : "off"
  return (
    <ListSection id="loonpost" title={t("title")}>
      <div className="stack full">
        <p>{t(state)} {isOn && passwordBy === "employee" && t("ownPassword")}</p>
        {isOn ? (
          <div className="stack">
            <ActionForm action={acts.off} className="inline" done={<Notice kind="good" title={t("isOff")} />}>
              {whose}
              <SubmitButton look="quiet">{t("switchOff")}</SubmitButton>
            </ActionForm>
            {passwordBy === "sender" && (
              <PayslipPassword action={acts.renew} {...made}>
                {whose}
                <SubmitButton look="quiet">{t("renew")}</SubmitButton>
              </PayslipPassword>
            )}
          </div>
        ) : (
          state === "off" && (
            <PayslipPassword action={acts.on} {...made}>
              <Notice kind="wait" still>{t("advice")}</Notice>
              {whose}
              <SubmitButton look="quiet">{t("switchOn")}</SubmitButton>
            </PayslipPassword>
          )
        )}
      </div>
    </ListSection>
  )
}
