import { asSystemOnce, asViewer } from "#platform/database.ts"
import { env } from "#platform/env.ts"
import { NotFound } from "#policy/errors.ts"
import { textKindsOf, type MailWords, type TextKind } from "#policy/mail-texts.ts"
import type { Viewer } from "#policy/viewer.ts"
import { assertOwner } from "../staff/list-staff.ts"
import { findChangers, findNames, findTexts, type TextRow } from "./mail-text-repository.ts"

const locales = ["nl", "en"] as const
export type TextLocale = (typeof locales)[number]

/** Whose words count: the viewer's own, of the office above it, of the operator, or those that came with the portal. */
export type TextSource = "own" | "office" | "operator" | "catalogue"

/** One mail in one language. `above` is what counts when the own words are taken away; `words` null: as the catalogue has them. */
export type TextView = {
  source: TextSource
  words: MailWords | null
  above: Exclude<TextSource, "own">
  /** Of the own words; given back on saving, so that nobody writes over what another changed meanwhile. */
  version: string
  changedAt: Date | null
  changedBy: string | null
}

export type TextInBoth = Record<TextLocale, TextView>

/** Every mail whose words the viewer's office or business can change, with whose words it has now. Forbidden for who is not its owner. */
export async function listMailTexts(viewer: Viewer): Promise<{ kind: TextKind; texts: TextInBoth }[]> {
  assertOwner(viewer)
  const rows = await asViewer(viewer, (tx) => findTexts(tx))
  const changers = await changersOf(viewer, rows)
  return textKindsOf(viewer.kind).map((kind) => ({ kind, texts: inBoth(viewer, rows.filter((row) => row.kind === kind), changers) }))
}

/** One of them, with what is filled in: what the office and the business are called, and the portal's address. NotFound for a mail that this viewer cannot change; Forbidden for who is not an owner. */
export async function viewMailText(viewer: Viewer, { kind }: { kind: TextKind }): Promise<{ texts: TextInBoth; employer: string | null; office: string | null; url: string }> {
  assertOwner(viewer)
  if (!textKindsOf(viewer.kind).includes(kind)) throw new NotFound()
  const { rows, names } = await asViewer(viewer, async (tx) => ({ rows: await findTexts(tx, kind), names: await findNames(tx, viewer.partyId) }))
  return { texts: inBoth(viewer, rows, await changersOf(viewer, rows)), ...names, url: env().PUBLIC_URL }
}

async function changersOf(viewer: Viewer, rows: readonly TextRow[]): Promise<Map<string, string>> {
  const ids = rows.filter(({ partyId }) => partyId === viewer.partyId).flatMap(({ changedBy }) => changedBy ?? [])
  return ids.length > 0 ? findChangers(asSystemOnce("staff"), ids) : new Map()
}

function inBoth(viewer: Viewer, rows: readonly TextRow[], changers: ReadonlyMap<string, string>): TextInBoth {
  const one = (locale: TextLocale): TextView => {
    const of = rows.filter((row) => row.locale === locale)
    const own = of.find(({ partyId }) => partyId === viewer.partyId)
    const office = of.find(({ partyId }) => partyId !== null && partyId !== viewer.partyId)
    const operator = of.find(({ partyId }) => partyId === null)
    const above = office ? "office" : operator ? "operator" : "catalogue"
    const row = own ?? office ?? operator
    return {
      source: own ? "own" : above,
      words: row ? { subject: row.subject, before: row.before, after: row.after } : null,
      above,
      version: own?.id ?? "",
      changedAt: own?.changedAt ?? null,
      changedBy: changers.get(own?.changedBy ?? "") ?? null,
    }
  }
  return { nl: one("nl"), en: one("en") }
}
