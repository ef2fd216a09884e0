import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { confirmedPage } from "#auth/page-door.ts"
import { listOwnSessions } from "#domain/sessions/own-sessions.ts"
import { now } from "#platform/clock.ts"
import { OwnSessionsView } from "#ui/own-sessions-view.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { PublicFoot } from "../../public-foot.tsx"
import { endAllSessionsAction, endSessionAction } from "../own-access-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ownSessions"))("title") }
}

/** Where the account is signed in, and ending that. */
export default async function OwnSessionsPage({ searchParams }: PageProps<"/beveiliging/apparaten">) {
  const viewer = await confirmedPage("/beveiliging/apparaten")
  const t = await getTranslations("ownSessions")
  const { afgemeld } = await searchParams
  return (
    <PublicShell title={t("title")} lead={t("lead")} foot={<PublicFoot signOut />}>
      <OwnSessionsView sessions={await listOwnSessions(viewer, now())} isEnded={afgemeld !== undefined} endAction={endSessionAction} endAllAction={endAllSessionsAction} now={now()} />
      <a href="/beveiliging">{t("back")}</a>
    </PublicShell>
  )
}
