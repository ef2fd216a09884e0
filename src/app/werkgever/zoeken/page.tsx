import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { searchFiles } from "#domain/search/search-files.ts"
import { searchQuery } from "#ui/search-query.ts"
import { SearchView } from "#ui/search-view.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("search"))("title") }
}

/** "Zoeken": one search over everything an employer can see. */
export default async function SearchPage({ searchParams }: PageProps<"/werkgever/zoeken">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  const query = searchQuery(await searchParams, "/werkgever/zoeken")
  const found = await forPage(searchFiles(viewer, query))
  return (
    <Frame viewer={viewer} current="search">
      <SearchView found={found} query={query} portal="werkgever" viewerId={viewer.partyId} />
    </Frame>
  )
}
