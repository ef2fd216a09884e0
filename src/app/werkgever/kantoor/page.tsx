import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewOfficeChoice } from "#domain/moves/ask-office.ts"
import { OfficeChoiceView } from "#ui/office-choice-view.tsx"
import { Frame } from "../frame.tsx"
import { chooseOfficeAction, confirmOfficeAction, withdrawOfficeAction } from "./office-actions.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("move"))("title") }
}

/** Which office works for this employer, and going to another one. */
export default async function OfficePage() {
  const viewer = await pageFor("employer")
  const choice = await forPage(viewOfficeChoice(viewer))
  return (
    <Frame viewer={viewer} current="home">
      <OfficeChoiceView choice={choice} chooseAction={chooseOfficeAction} confirmAction={confirmOfficeAction} withdrawAction={withdrawOfficeAction} />
    </Frame>
  )
}
