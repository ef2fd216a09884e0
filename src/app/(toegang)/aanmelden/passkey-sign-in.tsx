import { getTranslations } from "next-intl/server"
import { PasskeySignIn } from "#ui/passkey-button.tsx"
import { askPasskeyAction, signInWithPasskeyAction } from "./second-step-actions.ts"

/** The button to sign in with a passkey, where the browser can. */
export async function PasskeyEntry() {
  const t = await getTranslations("passkeys")
  return <PasskeySignIn askAction={askPasskeyAction} answerAction={signInWithPasskeyAction} words={{ label: t("signIn"), cancelled: t("cancelled") }} />
}
