import type { PlannedPart } from "../deliveries/plan-parts.ts"
import type { ListChoices, ListColumns } from "../parties/read-people-list.ts"
import type { PeopleRead } from "../parties/read-people.ts"

export const peopleSources = ["wage-tax-return", "xlsx", "csv"] as const
export type FileSource = (typeof peopleSources)[number]
/** What somebody chooses as a file, or what a program sends. */
export type PeopleSource = FileSource | "json"

/** What the reading thread can be asked: who stands in a file of people, or what an XML file of a delivery is. */
export type ReadingJob =
  | { kind: "people"; source: PeopleSource; bytes: Uint8Array; choices?: ListChoices | undefined }
  | { kind: "document"; wageTaxNumber: string; bytes: Uint8Array }

/**
 * People as a file tells them. Of the problems only the first stand here, `problemCount` counts all. `wageTaxNumber` is whose file it is,
 * null where it does not say. `columns` are those of a list: unless they are sure, nobody was read.
 */
export type PeopleFile = PeopleRead & { problemCount: number; ignoredColumns: string[]; wageTaxNumber: string | null; columns: ListColumns | null }

export type ReadingResult = { people: PeopleFile } | { document: PlannedPart }

/** An Invalid on its way out of the thread. */
export type ReadingRefusal = { code: string; details: Readonly<Record<string, string | number>> }
