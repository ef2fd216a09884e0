import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { LinkButton } from "./button.tsx"
import { Notice } from "./notice.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** Offers a second step on a home page: set it up now, or later. */
export async function SecondStepOffer({ putOffAction }: { putOffAction: Action<never> }) {
  const t = await getTranslations("secondStepOffer")
  return (
    <Notice still title={t("title")}>
      <p>{t("text")}</p>
      <ActionForm action={putOffAction} className="line-up" label={t("title")}>
        <LinkButton href="/beveiliging/tweede-stap">{t("now")}</LinkButton>
        <SubmitButton look="quiet" name="later" value="yes">{t("later")}</SubmitButton>
      </ActionForm>
    </Notice>
  )
}
