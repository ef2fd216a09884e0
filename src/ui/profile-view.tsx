import { getLocale, getTranslations } from "next-intl/server"
import { cookies } from "next/headers"
import type { Action } from "#auth/action-door.ts"
import { locales } from "#messages/locale.ts"
import { ActionForm } from "./action-form.tsx"
import { DefinitionList } from "./definition-list.tsx"
import { SelectField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { themeCookie, themeFor } from "./theme.ts"

type Props = {
  username: string
  portal: "werknemer" | "werkgever" | "kantoor"
  isSaved: boolean
  askLinkAction: Action<string>
  preferencesAction: Action<never>
}

/** "Profiel": the username, a link to choose another password, and the language and looks of this browser. */
export async function ProfileView({ username, portal, isSaved, askLinkAction, preferencesAction }: Props) {
  const t = await getTranslations()
  const theme = themeFor((await cookies()).get(themeCookie)?.value) ?? "system"
  const themes = (["system", "light", "dark"] as const).map((value) => ({ value, label: t(`common.theme.${value}`) }))
  const languages = locales.map((value) => ({ value, label: t(`preferences.languages.${value}`) }))
  return (
    <>
      <PageHead title={t("profile.title")} />
      <ListSection title={t("profile.signingIn")}>
        <div className="stack full">
          <DefinitionList items={[{ term: t(portal === "kantoor" ? "ownData.clientNumber" : "profile.username"), value: username, note: t(`profile.${portal}`) }]} />
          <ActionForm action={askLinkAction} label={t("profile.password")} done={<Notice kind="good" title={t("askLink.doneTitle")}>{t("profile.linkSent")}</Notice>}>
            <p className="soft">{t("profile.passwordLead")}</p>
            <SubmitButton look="quiet">{t("profile.askLink")}</SubmitButton>
          </ActionForm>
        </div>
      </ListSection>
      <ListSection title={t("profile.preferences")}>
        <ActionForm action={preferencesAction} label={t("profile.preferences")}>
          {isSaved && <Notice kind="good" title={t("profile.saved")} />}
          <input type="hidden" name="back" value={`/${portal}/profiel`} />
          <SelectField name="locale" label={t("profile.language")} options={languages} defaultValue={await getLocale()} />
          <SelectField name="theme" label={t("profile.theme")} hint={t("profile.themeHint")} options={themes} defaultValue={theme} />
          <SubmitButton>{t("common.save")}</SubmitButton>
        </ActionForm>
      </ListSection>
    </>
  )
}
