import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { viewOwnData } from "#domain/parties/view-own-data.ts"
import { isSecondStepOffered } from "#domain/second-steps/view-security.ts"
import { now } from "#platform/clock.ts"
import { seesParty } from "#policy/ranks.ts"
import { OwnDataView } from "#ui/own-data-view.tsx"
import { AskChangedAddress } from "../(gegevens)/changed-address.tsx"
import { putOffAction } from "../(toegang)/beveiliging/security-actions.ts"
import { Frame } from "./frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ownData"))("title") }
}

/** Home of an employer: "Mijn gegevens"; for who sees the overviews alone, those. */
export default async function HomePage({ searchParams }: PageProps<"/werkgever">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  if (!seesParty(viewer.rank)) redirect("/werkgever/dossier")
  const [data, isOffered, frame] = await Promise.all([forPage(viewOwnData(viewer)), isSecondStepOffered(viewer, now()), viewFrame(viewer)])
  const { welkom } = await searchParams
  return (
    <Frame viewer={viewer} frame={frame} current="home">
      <OwnDataView data={data} portal="werkgever" isWelcome={welkom !== undefined} laidBefore={frame.laidBefore} question={<AskChangedAddress viewer={viewer} />} putOffAction={isOffered ? putOffAction : undefined} />
    </Frame>
  )
}
