import { getLocale, getTranslations } from "next-intl/server"
import { locales } from "#messages/locale.ts"
import { chooseLanguageAction } from "./preferences.ts"
import { signOutAction } from "./sign-out.ts"

/** Under each page outside the portals: the way in, or out for who is signed in (OWASP ASVS 7.4.4), and the other language. */
export async function PublicFoot({ signIn = false, signOut = false }: { signIn?: boolean; signOut?: boolean }) {
  const t = await getTranslations()
  const locale = await getLocale()
  const other = locales.find((one) => one !== locale) ?? locale
  return (
    <>
      {signIn && <a href="/aanmelden">{t("signIn.title")}</a>}
      {signOut && (
        <form action={signOutAction}>
          <button className="plain">{t("setUpFirst.signOut")}</button>
        </form>
      )}
      <form action={chooseLanguageAction}>
        <button className="plain" name="locale" value={other} lang={other}>
          {t(`preferences.languages.${other}`)}
        </button>
      </form>
    </>
  )
}
