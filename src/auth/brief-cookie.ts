import { cookies } from "next/headers"
import { env } from "#platform/env.ts"

/** Cookies that bind something short to one browser: "stap" a sign-in that waits for its second step, "sleutel" a challenge for a passkey. */
type BriefCookie = "stap" | "sleutel"

const isSecure = () => env().PUBLIC_URL.startsWith("https:")
const nameOf = (name: BriefCookie) => (isSecure() ? `__Host-${name}` : name)

/** Keeps a secret in this browser for so many milliseconds. It is no session: no door knows it. Only from an action. */
export async function keepBriefly(name: BriefCookie, secret: string, lifetime: number): Promise<void> {
  (await cookies()).set(nameOf(name), secret, { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure(), maxAge: lifetime / 1000 })
}

/** The secret that this browser keeps, or an empty text. */
export async function keptBriefly(name: BriefCookie): Promise<string> {
  return (await cookies()).get(nameOf(name))?.value ?? ""
}

/** Throws it away. Only from an action. */
export async function forgetBrief(name: BriefCookie): Promise<void> {
  (await cookies()).set(nameOf(name), "", { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure(), maxAge: 0 })
}
