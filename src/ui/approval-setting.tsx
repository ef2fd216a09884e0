import { getTranslations } from "next-intl/server"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { CheckField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** Whether akkoord of a client is always needed before "Verzend"; who may only read is told how it is. */
export async function ApprovalSetting({ employerId, needed, action }: { employerId: string; needed: boolean; action: FormAction | undefined }) {
  const t = await getTranslations("approval.setting")
  return (
    <ListSection id="akkoord" title={t("title")}>
      {action ? (
        <ActionForm action={action} label={t("title")} saved={<Notice kind="good" title={t("saved")} />}>
          <input type="hidden" name="employerId" value={employerId} />
          <fieldset className="field">
            <legend className="vh">{t("title")}</legend>
            <CheckField type="radio" name="needed" value="no" defaultChecked={!needed} label={t("no")} hint={t("noHint")} />
            <CheckField type="radio" name="needed" value="yes" defaultChecked={needed} label={t("yes")} hint={t("yesHint")} />
          </fieldset>
          <SubmitButton look="quiet">{t("save")}</SubmitButton>
        </ActionForm>
      ) : <p>{t(needed ? "yes" : "no")}</p>}
    </ListSection>
  )
}
