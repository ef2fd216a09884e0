import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { viewMailbox } from "#domain/mailboxes/change-mailbox.ts"
import { knownProviders } from "#domain/mailboxes/connect-mailbox.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { now } from "#platform/clock.ts"
import { MailboxPageView } from "#ui/mailbox-view.tsx"
import { connectMailboxAction, disconnectMailboxAction, removeMailboxAction, saveMailboxAction, sendWaitingAction, switchMailboxAction, testMailboxAction } from "../../../(koppelingen)/mailbox-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("title") }
}

const acts = { save: saveMailboxAction, test: testMailboxAction, turn: switchMailboxAction, sendNow: sendWaitingAction, remove: removeMailboxAction, connect: connectMailboxAction, disconnect: disconnectMailboxAction }

/** The mailbox through which this office has its own mails sent. */
export default async function MailboxPage({ searchParams }: PageProps<"/kantoor/koppelingen/mailbox">) {
  const viewer = await pageFor("office")
  const { gedaan } = await searchParams
  const [mailbox, frame] = await Promise.all([forPage(viewMailbox(viewer)), viewFrame(viewer)])
  await askConfirmed(viewer, "/kantoor/koppelingen/mailbox")
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <MailboxPageView portal="kantoor" party={frame.name} mailbox={mailbox} knows={knownProviders()} done={gedaan} now={now()} acts={acts} />
    </Frame>
  )
}
