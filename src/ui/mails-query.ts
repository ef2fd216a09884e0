import type { MailState } from "#domain/mails/list-mails.ts"
import { maybeIdIn, wordIn } from "./asked.ts"

/** What a page of mails is asked by, as its address says it. */
export type MailsQuery = { state: MailState | null; deliveryId: string | null; after: string | null }

const words = { wachtrij: "queued", verzonden: "sent", mislukt: "failed" } as const satisfies Record<string, MailState>

/** Reads the address of a page of mails; what it does not know counts as not asked. */
export function mailsQuery(asked: Readonly<Record<string, string | string[] | undefined>>): MailsQuery {
  const state = Object.entries(words).find(([word]) => word === wordIn(asked["staat"]))?.[1] ?? null
  return { state, deliveryId: maybeIdIn(asked["zending"]), after: wordIn(asked["na"]) || null }
}

/** The address of a page of mails. */
export function mailsHref(here: string, { state, deliveryId, after }: MailsQuery): string {
  const word = Object.entries(words).find(([, one]) => one === state)?.[0]
  const query = new URLSearchParams({ ...(word ? { staat: word } : {}), ...(deliveryId ? { zending: deliveryId } : {}), ...(after ? { na: after } : {}) })
  return query.size > 0 ? `${here}?${query}` : here
}
