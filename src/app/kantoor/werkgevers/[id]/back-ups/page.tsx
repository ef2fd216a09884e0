import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewBackups } from "#domain/package-backups/view-backups.ts"
import { now } from "#platform/clock.ts"
import { idIn, numberIn } from "#ui/asked.ts"
import { Backups } from "../../../../(back-ups)/backups.tsx"
import { Frame } from "../../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("backups"))("title") }
}

/** "Back-ups" of one client of the office. */
export default async function ClientBackupsPage({ params, searchParams }: PageProps<"/kantoor/werkgevers/[id]/back-ups">) {
  const viewer = await pageFor("office")
  const employerId = idIn((await params).id)
  const asked = await searchParams
  const view = await forPage(viewBackups(viewer, { employerId, year: numberIn(asked.jaar) ?? undefined }, now()))
  const client = `/kantoor/werkgevers/${employerId}`
  return (
    <Frame viewer={viewer} current="backups" wide>
      <Backups viewer={viewer} view={view} asked={asked} here={`${client}/back-ups`} back={{ href: client, label: view.employer.name }} now={now()} />
    </Frame>
  )
}
