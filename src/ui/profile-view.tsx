import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import { cookies } from "next/headers"
import type { Action } from "#auth/action-door.ts"
import type { Preferences } from "#domain/accounts/preferences.ts"
import { locales } from "#messages/locale.ts"
import { ActionForm } from "./action-form.tsx"
import { LinkButton } from "./button.tsx"
import { DefinitionList } from "./definition-list.tsx"
import { CheckField, SelectField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { themeCookie, themeFor } from "./theme.ts"

type Props = {
  username: string
  portal: "werknemer" | "werkgever" | "kantoor"
  preferences: Preferences & { chosen: boolean }
  isSaved: boolean
  askLinkAction: Action<string>
  preferencesAction: Action<never>
  /** A section of this kind of viewer alone. */
  between?: ReactNode
}

/** "Profiel": the username, a link to choose another password, and the language, looks and mails of the account; until chosen, as this browser has it. */
export async function ProfileView({ username, portal, preferences, isSaved, askLinkAction, preferencesAction, between }: Props) {
  const t = await getTranslations()
  const theme = preferences.chosen ? preferences.theme : (themeFor((await cookies()).get(themeCookie)?.value) ?? "system")
  const themes = (["system", "light", "dark"] as const).map((value) => ({ value, label: t(`common.theme.${value}`) }))
  const languages = locales.map((value) => ({ value, label: t(`preferences.languages.${value}`) }))
  return (
    <>
      <PageHead title={t("profile.title")} />
      <ListSection title={t("profile.signingIn")}>
        <div className="stack full">
          <DefinitionList items={[{ term: t(portal === "kantoor" ? "ownData.clientNumber" : "profile.username"), value: username, note: t(`profile.${portal}`) }]} />
          <ActionForm action={askLinkAction} label={t("profile.password")} done={<Notice kind="good" title={t("askLink.doneTitle")}>{t("profile.linkSent")}</Notice>}>
            <p className="soft">{portal === "kantoor" ? t("profile.passwordLead") : `${t("profile.passwordLead")} ${t("profile.usernameToo")}`}</p>
            <SubmitButton look="quiet">{t("profile.askLink")}</SubmitButton>
          </ActionForm>
        </div>
      </ListSection>
      <ListSection title={t("profile.security")}>
        <div className="stack">
          <p className="soft">{t("profile.securityLead")}</p>
          <LinkButton href="/beveiliging">{t("profile.toSecurity")}</LinkButton>
        </div>
      </ListSection>
      {between}
      <ListSection title={t("profile.preferences")}>
        <ActionForm action={preferencesAction} label={t("profile.preferences")}>
          {isSaved && <Notice kind="good" title={t("profile.saved")} />}
          <SelectField name="locale" label={t("profile.language")} options={languages} defaultValue={preferences.chosen ? preferences.locale : await getLocale()} />
          <SelectField name="theme" label={t("profile.theme")} hint={t("profile.themeHint")} options={themes} defaultValue={theme} />
          <CheckField name="mails" value="yes" label={t("profile.mails")} hint={t("profile.mailsHint")} defaultChecked={preferences.mailsOnNewFiles} />
          <SubmitButton>{t("common.save")}</SubmitButton>
        </ActionForm>
      </ListSection>
    </>
  )
}
