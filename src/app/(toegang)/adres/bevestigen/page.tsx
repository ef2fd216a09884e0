import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { homeOf, publicPage } from "#auth/page-door.ts"
import { viewWaitingAddresses } from "#domain/accounts/confirm-address.ts"
import { now } from "#platform/clock.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { confirmAddressAction } from "./confirm-action.ts"
import { TokenField } from "./token-field.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("confirmAddress"))("title") }
}

/** Where the link that confirms an address leads. Opening it uses nothing up; its button does, for who is signed in with the account it is about. */
export default async function ConfirmAddressPage() {
  const viewer = await publicPage()
  const t = await getTranslations("confirmAddress")
  if (!viewer) {
    return (
      <PublicShell title={t("title")} foot={<PublicFoot />}>
        <Notice still title={t("signInFirstTitle")}>{t("signInFirst")}</Notice>
        <LinkButton look="primary" href="/aanmelden">{(await getTranslations("signIn"))("title")}</LinkButton>
      </PublicShell>
    )
  }
  const waiting = await viewWaitingAddresses(viewer, now())
  const done = (
    <div className="stack">
      <Notice kind="good" title={t("doneTitle")}>{t("done")}</Notice>
      <LinkButton look="primary" href={`${homeOf[viewer.kind]}/profiel`}>{t("toProfile")}</LinkButton>
    </div>
  )
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot />}>
      <ActionForm action={confirmAddressAction} done={done}>
        {waiting.length > 0 && <p>{t("waiting", { count: waiting.length, addresses: waiting.join(", ") })}</p>}
        <TokenField>
          <Field name="token" label={t("code")} hint={t("codeHint")} autoComplete="off" autoCapitalize="none" spellCheck={false} required />
        </TokenField>
        <SubmitButton wide>{t("submit")}</SubmitButton>
      </ActionForm>
    </PublicShell>
  )
}
