import { answerJobs } from "#platform/thread-answers.ts"
import { Invalid } from "#policy/errors.ts"
import { maxPeople, maxShown } from "#policy/upload-limits.ts"
import { recogniseXml } from "../deliveries/recognise-xml.ts"
import { readPeopleJson } from "../parties/read-people-json.ts"
import { readPeopleCsv, readPeopleXlsx } from "../parties/read-people-list.ts"
import { readWageTaxReturn } from "../parties/read-wage-tax-return.ts"
import type { PeopleFile, ReadingJob, ReadingRefusal, ReadingResult } from "./reading-jobs.ts"

/** The thread in which XML, workbooks and CSV of strangers are read. Only read-apart.ts starts it. What leaves it is small, whatever came in. */
answerJobs<ReadingJob, ReadingResult, ReadingRefusal>({
  work(job, alive) {
    alive()
    if (job.kind === "document") return { document: recogniseXml(job.bytes, job.wageTaxNumber) }
    if (job.source === "wage-tax-return") return { people: within({ ...readWageTaxReturn(job.bytes), ignoredColumns: [], columns: null }) }
    if (job.source === "json") return { people: within({ ...readPeopleJson(job.bytes), ignoredColumns: [], columns: null, wageTaxNumber: null }) }
    const read = job.source === "csv" ? readPeopleCsv : readPeopleXlsx
    return { people: within({ ...read(job.bytes, job.choices), wageTaxNumber: null }) }
  },
  refusalOf: (error) => (error instanceof Invalid ? { code: error.code, details: error.details } : undefined),
  broken: { code: "import-unreadable", details: {} },
})

const longestShown = 60

function within({ people, setAside, problems, ignoredColumns, wageTaxNumber, columns }: Omit<PeopleFile, "problemCount">): PeopleFile {
  if (people.length + setAside.length > maxPeople) throw new Invalid("import-too-many", { most: maxPeople })
  const short = (text: string) => text.slice(0, longestShown)
  return {
    people,
    setAside: setAside.map(short),
    problems: problems.slice(0, maxShown),
    problemCount: problems.length,
    ignoredColumns: ignoredColumns.map(short),
    wageTaxNumber,
    columns,
  }
}
