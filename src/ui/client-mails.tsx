import { getTranslations } from "next-intl/server"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { CheckField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** Whether payslips of a client may go by mail, with the advice against it before it is allowed. */
export async function ClientMails({ employerId, isAllowed, action }: { employerId: string; isAllowed: boolean; action: FormAction }) {
  const t = await getTranslations("payslipMail")
  return (
    <ListSection id="loonpost" title={t("title")}>
      <ActionForm key={String(isAllowed)} action={action} label={t("title")} done={<Notice kind="good" title={t(isAllowed ? "disallowed" : "allowed")} />}>
        <p>{t(isAllowed ? "clientOn" : "clientOff")}</p>
        {!isAllowed && <Notice kind="wait" still>{t("advice")}</Notice>}
        <p className="soft">{t("howItWorks")}</p>
        <input type="hidden" name="employerId" value={employerId} />
        <input type="hidden" name="allow" value={isAllowed ? "no" : "yes"} />
        {!isAllowed && <CheckField id="sure" name="sure" value="yes" label={t("sure")} />}
        <SubmitButton look="quiet">{t(isAllowed ? "disallow" : "allow")}</SubmitButton>
      </ActionForm>
    </ListSection>
  )
}
