import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listMailTexts, viewMailText } from "#domain/mail-texts/view-texts.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { now } from "#platform/clock.ts"
import { MailTextEditor } from "#ui/mail-text-editor.tsx"
import { MailTextsView } from "#ui/mail-texts-view.tsx"
import { askedText } from "#ui/mail-text-words.ts"
import { restoreTextAction, saveTextAction, tryTextAction } from "../../(mailteksten)/text-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailTexts"))("title") }
}

const acts = { save: saveTextAction, restore: restoreTextAction, try: tryTextAction }

/** What mails say in the words of this employer: all of them, or one to change. */
export default async function MailTextsPage({ searchParams }: PageProps<"/werkgever/mailteksten">) {
  const viewer = await pageFor("employer")
  const { mail, taal, gedaan } = await searchParams
  const asked = askedText(mail, taal)
  const frame = await viewFrame(viewer)
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      {asked ? (
        <MailTextEditor portal="werkgever" {...asked} {...(await forPage(viewMailText(viewer, asked)))} done={gedaan} acts={acts} />
      ) : (
        <MailTextsView portal="werkgever" mails={await forPage(listMailTexts(viewer))} now={now()} />
      )}
    </Frame>
  )
}
