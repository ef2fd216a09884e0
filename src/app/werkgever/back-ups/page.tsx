import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewBackups } from "#domain/package-backups/view-backups.ts"
import { now } from "#platform/clock.ts"
import { numberIn } from "#ui/asked.ts"
import { Backups } from "../../(back-ups)/backups.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("backups"))("title") }
}

/** "Back-ups" of an employer that runs payroll itself. */
export default async function BackupsPage({ searchParams }: PageProps<"/werkgever/back-ups">) {
  const viewer = await pageFor("employer")
  const asked = await searchParams
  const view = await forPage(viewBackups(viewer, { employerId: null, year: numberIn(asked.jaar) ?? undefined }, now()))
  return (
    <Frame viewer={viewer} current="backups" wide>
      <Backups viewer={viewer} view={view} asked={asked} here="/werkgever/back-ups" now={now()} />
    </Frame>
  )
}
