import { redirect } from "next/navigation"
import { homeOf, publicPage } from "#auth/page-door.ts"

/** The address people type: to the own portal, or to sign in. */
export default async function StartPage(): Promise<never> {
  const viewer = await publicPage()
  redirect(viewer ? homeOf[viewer.kind] : "/aanmelden")
}
