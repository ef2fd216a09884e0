import { readAsViewer } from "#platform/database.ts"
import { Forbidden } from "#policy/errors.ts"
import type { RosterState } from "#policy/roster-states.ts"
import { searchWords } from "#policy/search-words.ts"
import type { Viewer } from "#policy/viewer.ts"
import { countClients, findClientPage, type ClientFilter, type ClientRosterRow } from "./client-roster-repository.ts"
import type { RosterCounts } from "./roster-repository.ts"

/** One page of clients. `counts` is over all, whatever was sought; `total` is how many were sought, over all pages. */
export type ClientPage = { total: number; counts: RosterCounts; page: number; pages: number; perPage: number; clients: ClientRosterRow[] }

export type ListClientPageInput = { page: number; text: string; state: RosterState | null; order: ClientFilter["order"]; isFalling: boolean }

const perPage = 100

/** One page (from 1) of the employers that the viewer's office works for now; sought among all by name, number or place. Forbidden for anybody but an office. */
export async function listClientPage(viewer: Viewer, input: ListClientPageInput, now: Date): Promise<ClientPage> {
  if (viewer.kind !== "office") throw new Forbidden()
  const filter = { ...input, now, words: searchWords(input.text) }
  return readAsViewer(viewer, async (reader) => {
    const rowsOf = (page: number) => findClientPage(reader, viewer.partyId, filter, { offset: (page - 1) * perPage, limit: perPage })
    const [counts, found] = await Promise.all([countClients(reader, viewer.partyId, filter), rowsOf(Math.max(1, input.page))])
    const pages = Math.max(1, Math.ceil(counts.sought / perPage))
    const page = Math.min(Math.max(1, input.page), pages)
    const clients = page === input.page ? found : await rowsOf(page)
    return { total: counts.sought, counts, page, pages, perPage, clients }
  })
}
