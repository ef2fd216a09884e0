import { getLocale, getTranslations } from "next-intl/server"
import { locales } from "#messages/locale.ts"
import { chooseLanguageAction } from "./preferences.ts"

/** Under each page for somebody who is not signed in: the way to sign in, to a password, and the other language. */
export async function PublicFoot({ signIn = false }: { signIn?: boolean }) {
  const t = await getTranslations()
  const locale = await getLocale()
  const other = locales.find((one) => one !== locale) ?? locale
  return (
    <>
      {signIn && <a href="/aanmelden">{t("signIn.title")}</a>}
      <form action={chooseLanguageAction}>
        <button className="plain" name="locale" value={other} lang={other}>
          {t(`preferences.languages.${other}`)}
        </button>
      </form>
    </>
  )
}
