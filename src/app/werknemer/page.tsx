import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewOwnData } from "#domain/parties/view-own-data.ts"
import { OwnDataView } from "#ui/own-data-view.tsx"
import { showBsnAction } from "../(gegevens)/show-bsn-action.ts"
import { Frame } from "./frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ownData"))("title") }
}

/** Home of an employee: "Mijn gegevens". */
export default async function HomePage({ searchParams }: PageProps<"/werknemer">) {
  const viewer = await pageFor("employee")
  const data = await forPage(viewOwnData(viewer))
  const { welkom } = await searchParams
  return (
    <Frame viewer={viewer} current="home">
      <OwnDataView data={data} portal="werknemer" isWelcome={welkom !== undefined} showBsnAction={showBsnAction} />
    </Frame>
  )
}
