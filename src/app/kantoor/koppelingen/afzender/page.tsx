import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageFor } from "#auth/page-door.ts"
import { wordIn } from "#ui/asked.ts"
import { PageHead } from "#ui/page-head.tsx"
import { SenderCheck } from "#ui/sender-check.tsx"
import { checkSenderOf } from "../../../(koppelingen)/check-sender-of.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("senderCheck"))("title") }
}

/** Whether mail in the name of a domain of this office is believed. */
export default async function SenderPage({ searchParams }: PageProps<"/kantoor/koppelingen/afzender">) {
  const viewer = await pageFor("office")
  const asked = await searchParams
  const query = { domain: wordIn(asked["domein"]), server: wordIn(asked["server"]), selector: wordIn(asked["sleutel"]) }
  const t = await getTranslations("senderCheck")
  return (
    <Frame viewer={viewer} current="profile">
      <PageHead title={t("title")} lead={t("lead")} back={{ href: "/kantoor/koppelingen", label: t("back") }} />
      <SenderCheck query={query} outcome={await checkSenderOf(viewer, query)} />
    </Frame>
  )
}
