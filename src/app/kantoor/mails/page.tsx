import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { listMails, mostCounted } from "#domain/mails/list-mails.ts"
import { now } from "#platform/clock.ts"
import { mayChange } from "#policy/ranks.ts"
import { mailsQuery } from "#ui/mails-query.ts"
import { MailsView } from "#ui/mails-view.tsx"
import { retryMailAction } from "../../(mails)/mail-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailList"))("title") }
}

/** The mails that go out for this office, and how each went. */
export default async function MailsPage({ searchParams }: PageProps<"/kantoor/mails">) {
  const viewer = await pageFor("office")
  const query = mailsQuery(await searchParams)
  const page = await forPage(listMails(viewer, query))
  return (
    <Frame viewer={viewer} current="sendings" wide>
      <MailsView portal="kantoor" page={page} query={query} mostCounted={mostCounted} mayChange={mayChange(viewer.rank)} now={now()} retryAction={retryMailAction} />
    </Frame>
  )
}
