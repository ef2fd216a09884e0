import { isDocumentKind, type DocumentKind } from "#policy/document-kinds.ts"
import type { PayPeriod } from "#policy/periods.ts"
import { fileTitle, type Translator } from "./file-title.ts"

/** What a file's name on screen is made of: an own file has a name, a payroll file a kind, a year and mostly a period. */
export type NamedFile = { name: string | null; kind: string; year: number | null; period: number | null; periodKind: string | null }

/** A file's name on screen: "Loonstrook - maart 2026", or the name an own file came with. */
export function nameOf(t: Translator, file: NamedFile): string {
  return file.name ?? (file.year === null ? t(`documentKinds.${kindOf(file)}`) : fileTitle(t, kindOf(file), file.year, periodOf(file)))
}

/** A kind that this version does not know is "other". */
export function kindOf({ kind }: Pick<NamedFile, "kind">): DocumentKind {
  return isDocumentKind(kind) ? kind : "other"
}

/** The wage period a file belongs to, where it has one. */
export function periodOf({ year, period, periodKind }: NamedFile): PayPeriod | undefined {
  return year === null || period === null ? undefined : { year, kind: periodKind === "four-weeks" ? "four-weeks" : "month", number: period }
}
