import { z } from "zod"
import { nothing, operation } from "#auth/api-operation.ts"
import { importPeople, previewPeople } from "#domain/parties/import-people.ts"
import { listEmployeePage, listEmployerPage, viewEmployee, viewEmployer } from "#domain/parties/list-pages.ts"
import { maxPeople } from "#policy/upload-limits.ts"
import { dryRun, employee, employeeId, employeeRow, employer, employerId, importReport, page, paging, toAccess, toDay } from "./schemas.ts"

const noIds = z.object({})

/** Employers and their employees. */
export const employerOperations = [
  operation({
    id: "listEmployers",
    method: "GET",
    path: "/employers",
    scope: "employers:read",
    summary: "The employers that the key is for",
    notes: "An office has its clients here, an employer itself.",
    params: noIds,
    query: z.strictObject(paging),
    body: nothing,
    form: null,
    status: 200,
    answer: page(employer),
    refusals: [],
    run: async (viewer, { query }) => {
      const { rows, next } = await listEmployerPage(viewer, { after: query.cursor ?? null, limit: query.limit })
      return { rows: rows.map(toEmployer), next }
    },
  }),
  operation({
    id: "getEmployer",
    method: "GET",
    path: "/employers/{employerId}",
    scope: "employers:read",
    summary: "One employer",
    params: employerId,
    query: z.strictObject({}),
    body: nothing,
    form: null,
    status: 200,
    answer: employer,
    refusals: [],
    run: async (viewer, { params }) => toEmployer(await viewEmployer(viewer, params)),
  }),
  operation({
    id: "listEmployees",
    method: "GET",
    path: "/employers/{employerId}/employees",
    scope: "employees:read",
    summary: "The employees of an employer",
    notes: "Without BSN, birth date and address: a program that sends those has them itself.",
    params: employerId,
    query: z.strictObject({ number: z.string().min(1).max(35).optional().describe('A personnel number; "007" and "7" are one'), ...paging }),
    body: nothing,
    form: null,
    status: 200,
    answer: page(employee),
    refusals: [],
    run: async (viewer, { params, query }) => {
      const { rows, next } = await listEmployeePage(viewer, { ...params, number: query.number ?? null, after: query.cursor ?? null, limit: query.limit })
      return { rows: rows.map(toEmployee), next }
    },
  }),
  operation({
    id: "getEmployee",
    method: "GET",
    path: "/employers/{employerId}/employees/{employeeId}",
    scope: "employees:read",
    summary: "One employee of an employer",
    notes: "As in the list. listEmployees with `number` finds one by personnel number.",
    params: employeeId,
    query: z.strictObject({}),
    body: nothing,
    form: null,
    status: 200,
    answer: employee,
    refusals: [],
    run: async (viewer, { params }) => toEmployee(await viewEmployee(viewer, params)),
  }),
  operation({
    id: "importEmployees",
    method: "PUT",
    path: "/employers/{employerId}/employees",
    scope: "employees:write",
    summary: "Bring in employees, or what changed of them",
    notes: "Adds the new and changes the changed, matched on personnel number; removes nobody. All of it or nothing; twice is harmless. A row with a blocking problem stays out and is told.",
    params: employerId,
    query: z.strictObject({ dryRun }),
    body: z.strictObject({
      employees: z.array(employeeRow).min(1).max(maxPeople),
      confirmed: z.array(z.string().max(35)).max(maxPeople).optional().describe("Numbers that did go to somebody else"),
      returning: z
        .array(z.strictObject({ number: z.string().max(35), as: z.enum(["same", "new"]) }))
        .max(maxPeople)
        .optional()
        .describe("Of who worked here before under another number: the same dossier under the new one, or a second employment"),
    }),
    form: null,
    status: 200,
    answer: importReport,
    refusals: ["import-by-office", "import-busy"],
    run: async (viewer, { params, query, body }, { now }) => {
      const bytes = new TextEncoder().encode(JSON.stringify(body.employees))
      const input = { ...params, source: "json" as const, bytes }
      const { fingerprint, employer: _employer, ignoredColumns: _ignored, columns: _columns, ...preview } = await previewPeople(viewer, input, now)
      const isDry = query.dryRun === "true"
      if (!isDry) await importPeople(viewer, { ...input, fingerprint, confirmed: body.confirmed ?? [], returning: body.returning ?? [] }, now)
      return { dryRun: isDry, ...preview }
    },
  }),
]

function toEmployer({ id, number, name, wageTaxNumber, periodKind }: { id: string; number: string | null; name: string; wageTaxNumber: string; periodKind: string }): z.input<typeof employer> {
  return { id, number, name, wageTaxNumber, periodKind: periodKind === "four-weeks" ? "four-weeks" : "month" }
}

function toEmployee({ contactEmail, employedFrom, employedTo, access, ...row }: Awaited<ReturnType<typeof viewEmployee>>): z.input<typeof employee> {
  return { ...row, email: contactEmail, employedFrom: toDay(employedFrom), employedTo: toDay(employedTo), access: toAccess(access) }
}
