import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewBoard } from "#domain/deliveries/view-board.ts"
import { now } from "#platform/clock.ts"
import { boardHref, boardQuery } from "#ui/board-query.ts"
import { MonthBoard } from "#ui/month-board.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { YearChips } from "#ui/year-chips.tsx"
import { Frame } from "../frame.tsx"

const here = "/kantoor/maandoverzicht"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("board"))("title") }
}

/** "Maandoverzicht": every client of the office by the periods of a year, and what is to be done. */
export default async function BoardPage({ searchParams }: PageProps<"/kantoor/maandoverzicht">) {
  const viewer = await pageFor("office")
  const query = boardQuery(await searchParams)
  const board = await forPage(viewBoard(viewer, query, now()))
  const t = await getTranslations()
  return (
    <Frame viewer={viewer} current="sendings" wide>
      <PageHead
        title={t("board.titleOf", { year: String(board.year) })}
        lead={t("board.lead")}
        back={{ href: "/kantoor/zendingen", label: t("nav.sendings") }}
        actions={board.years.length > 1 && <YearChips years={board.years} current={board.year} hrefOf={(year) => boardHref(here, query, { year })} />}
      />
      <MonthBoard board={board} query={query} here={here} clientsAt="/kantoor/werkgevers" deliveriesAt="/kantoor/zendingen" />
    </Frame>
  )
}
