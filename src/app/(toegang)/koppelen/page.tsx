import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { keptBriefly } from "#auth/brief-cookie.ts"
import { confirmedPage, homeOf } from "#auth/page-door.ts"
import { sentenceFor } from "#auth/sentence.ts"
import { mayLinkEmployment, viewEmploymentLink } from "#domain/accounts/link-employment.ts"
import { now } from "#platform/clock.ts"
import { ActionForm } from "#ui/action-form.tsx"
import { LinkButton } from "#ui/button.tsx"
import { Field } from "#ui/field.tsx"
import { Notice } from "#ui/notice.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { PublicFoot } from "../public-foot.tsx"
import { forgetLinkAction, keepLinkAction, linkEmploymentAction } from "./link-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("linking"))("title") }
}

/** Where an employment more is added to the own account: first the link of its mail, which the browser keeps, then the date of birth. */
export default async function LinkEmploymentPage({ searchParams }: PageProps<"/koppelen">) {
  const viewer = await confirmedPage("/koppelen")
  const t = await getTranslations("linking")
  const { toegevoegd } = await searchParams
  const home = homeOf[viewer.kind]
  const [mayLink, token] = [await mayLinkEmployment(viewer), await keptBriefly("koppel")]
  if (toegevoegd !== undefined && !token) {
    return (
      <PublicShell title={t("title")} foot={<PublicFoot signOut />}>
        <Notice kind="good" title={t("doneTitle")}>{t("done")}</Notice>
        <LinkButton look="primary" href={home}>{t("toPortal")}</LinkButton>
      </PublicShell>
    )
  }
  const link = mayLink && token ? await viewEmploymentLink(viewer, { token }, now()) : null
  const proof = {
    "birth-date": <Field name="proof" label={t("birthDate")} hint={t("birthDateHint")} inputMode="numeric" autoComplete="bday" short required />,
    "wage-tax-number": <Field name="proof" label={t("wageTaxNumber")} hint={t("wageTaxNumberHint")} autoComplete="off" required />,
    none: null,
  }
  const later = (
    <ActionForm action={forgetLinkAction} label={t("later")}>
      <input type="hidden" name="later" value="yes" />
      <SubmitButton look="quiet" wide>{t("later")}</SubmitButton>
    </ActionForm>
  )
  return (
    <PublicShell title={t("title")} lead={mayLink ? t(link?.state === "open" ? "leadProof" : "lead", { username: viewer.username }) : undefined} foot={<PublicFoot signOut />}>
      {!mayLink && <Notice still kind="bad">{await sentenceFor("linking-not-here")}</Notice>}
      {link?.state === "closed" && <Notice still kind="bad" title={t("closedTitle")}>{await sentenceFor(link.code)}</Notice>}
      {link?.state === "open" && (
        <ActionForm action={linkEmploymentAction}>
          <p>{t("linksGoTo", { count: link.linksGoTo.length, addresses: link.linksGoTo.join(", ") })}</p>
          {proof[link.check]}
          <SubmitButton wide>{t("submit")}</SubmitButton>
        </ActionForm>
      )}
      {mayLink && link?.state !== "open" && (
        <ActionForm action={keepLinkAction}>
          <Field name="token" label={t("code")} hint={t("codeHint")} autoComplete="off" autoCapitalize="none" spellCheck={false} required />
          <SubmitButton wide>{t("continue")}</SubmitButton>
        </ActionForm>
      )}
      {token ? later : <a href={`${home}/profiel`}>{t("back")}</a>}
    </PublicShell>
  )
}
