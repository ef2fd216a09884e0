import { cookies } from "next/headers"
import { ownName, strictly } from "./own-cookie.ts"

/** Cookies that bind something short to one browser: "stap" a sign-in that waits for its second step, "sleutel" a challenge for a passkey, "koppel" the link of an employment that is to be added to an account. */
type BriefCookie = "stap" | "sleutel" | "koppel"

/** Keeps a secret in this browser for so many milliseconds. It is no session: no door knows it. Only from an action. */
export async function keepBriefly(name: BriefCookie, secret: string, lifetime: number): Promise<void> {
  (await cookies()).set(ownName(name), secret, strictly(lifetime / 1000))
}

/** The secret that this browser keeps, or an empty text. */
export async function keptBriefly(name: BriefCookie): Promise<string> {
  return (await cookies()).get(ownName(name))?.value ?? ""
}

/** Throws it away. Only from an action. */
export async function forgetBrief(name: BriefCookie): Promise<void> {
  (await cookies()).set(ownName(name), "", strictly(0))
}
