import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { ChangedAddressView } from "#domain/accounts/changed-address.ts"
import { ActionForm } from "./action-form.tsx"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** On a home page: payroll changed the viewer's address. Is that right? The link that confirms it can be mailed again. */
export async function ChangedAddress({ changed: { address, by }, action }: { changed: ChangedAddressView; action: Action<"mailed"> }) {
  const t = await getTranslations("changedAddress")
  return (
    <Notice kind="wait" still title={by === null ? t("title") : t("titleBy", { by })}>
      <p>{t("text", { address })}</p>
      <p>{t("wrong")}</p>
      <ActionForm action={action} className="line-up" label={t("again")} done={<p role="status"><b>{t("mailed", { address })}</b></p>}>
        <SubmitButton look="quiet">{t("again")}</SubmitButton>
      </ActionForm>
    </Notice>
  )
}
