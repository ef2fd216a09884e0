import { type Failure, threadLine } from "#platform/thread-line.ts"
import { Invalid, TooMany } from "#policy/errors.ts"
import type { PlannedPart } from "../deliveries/plan-parts.ts"
import type { ListChoices } from "../parties/read-people-list.ts"
import type { PeopleFile, PeopleSource, ReadingJob, ReadingRefusal, ReadingResult } from "./reading-jobs.ts"

/** A return for 4,000 people with all its figures takes two seconds; whatever takes ten is made to. */
const patience = { start: 30_000, silence: () => 10_000, whole: 45_000 }

const askThread = threadLine<ReadingJob, ReadingResult, ReadingRefusal>({
  name: "reading",
  file: "src/domain/reading/reading-thread.ts",
  megabytes: { heap: 640, whole: 768, keep: 128 },
  patience,
  waiting: 12,
})

/**
 * Reads a file of people in a thread, so that no file holds up anybody else. Throws Invalid: what readPeopleCsv, readPeopleXlsx and readWageTaxReturn throw,
 * import-too-many, import-too-large (also when it takes too much memory), import-too-slow, import-unreadable; TooMany: import-busy.
 */
export async function readPeopleApart(source: PeopleSource, bytes: Uint8Array, choices?: ListChoices): Promise<PeopleFile> {
  const answer = await askThread({ kind: "people", source, bytes, choices })
  if ("result" in answer && "people" in answer.result) return answer.result.people
  throw refusal("refused" in answer ? answer.refused : "broken")
}

/** Recognises an XML file of a delivery in the same thread, see recogniseXml. Null when it cannot be read within the limits. */
export async function recogniseXmlApart(bytes: Uint8Array, wageTaxNumber: string): Promise<PlannedPart | null> {
  const answer = await askThread({ kind: "document", bytes, wageTaxNumber })
  if ("result" in answer && "document" in answer.result) return answer.result.document
  if ("refused" in answer && answer.refused === "busy") throw refusal("busy")
  return null
}

const failures = {
  timeout: "import-too-slow",
  "too-large": "import-too-large",
  broken: "import-unreadable",
} satisfies Record<Exclude<Failure, "busy">, string>

function refusal(refused: ReadingRefusal | Failure): Invalid | TooMany {
  if (refused === "busy") return new TooMany("import-busy")
  return typeof refused === "string" ? new Invalid(failures[refused]) : new Invalid(refused.code, refused.details)
}
