import { headers } from "next/headers"
import { redirect, unstable_rethrow } from "next/navigation"
import type { z } from "zod"
import { isConfirmed } from "#domain/sessions/is-confirmed.ts"
import { now } from "#platform/clock.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { assertMayChange } from "#policy/may-change.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import type { ActionState } from "./action-state.ts"
import { answerTo } from "./answers.ts"
import { assertOwnOrigin } from "./origin.ts"
import { confirmAt, setUpAt, type ForWhom } from "./page-door.ts"
import { sentenceFor } from "./sentence.ts"
import { currentViewer } from "./session.ts"
import { typedValues } from "./typed-values.ts"

export type Action<Result> = (before: ActionState<Result>, form: FormData) => Promise<ActionState<Result>>

/**
 * The door of a server action, which is a public POST: it must come from our own page, from a viewer of one of these kinds that may change something
 * there, with input that fits the schema. Whoever has no session any more goes to sign in. Refusals become sentences; `run` may redirect.
 */
export function actionFor<Schema extends z.ZodType, Result>(
  kinds: readonly PartyKind[],
  schema: Schema,
  run: (viewer: Viewer, input: z.output<Schema>) => Promise<Result>,
): Action<Result> {
  return throughDoor(schema, async () => assertMayChange(await viewerOf(kinds)), run)
}

/** As actionFor, for readers too: what changes nothing of the party, but at most of the own account, or what was read. */
export function readersActionFor<Schema extends z.ZodType, Result>(
  kinds: readonly PartyKind[],
  schema: Schema,
  run: (viewer: Viewer, input: z.output<Schema>) => Promise<Result>,
  forWhom?: ForWhom,
): Action<Result> {
  return throughDoor(schema, () => viewerOf(kinds, forWhom), run)
}

/**
 * As actionFor, for what changes how one gets into the account: only who proved a short while ago to be its holder. Whoever did longer ago goes
 * to prove it once more, and from there back to `back`.
 */
export function confirmedActionFor<Schema extends z.ZodType, Result>(
  kinds: readonly PartyKind[],
  back: string | ((viewer: Viewer, form: FormData) => string),
  schema: Schema,
  run: (viewer: Viewer, input: z.output<Schema>) => Promise<Result>,
  forWhom?: ForWhom,
): Action<Result> {
  const enter = async (form: FormData) => {
    const viewer = await viewerOf(kinds, forWhom)
    if (!(await isConfirmed(viewer, now()))) redirect(confirmAt(typeof back === "string" ? back : back(viewer, form)))
    return viewer
  }
  return throughDoor(schema, enter, run)
}

/** The door of an action for everybody: signing in, asking a link. It must come from our own page all the same. */
export function publicAction<Schema extends z.ZodType, Result>(schema: Schema, run: (input: z.output<Schema>) => Promise<Result>): Action<Result> {
  return throughDoor(schema, async () => null, (_nobody, input) => run(input))
}

async function viewerOf(kinds: readonly PartyKind[], { settingUp }: ForWhom = {}): Promise<Viewer> {
  const viewer = await currentViewer()
  if (!viewer) redirect("/aanmelden")
  if (viewer.mustSetUp && !settingUp) redirect(setUpAt)
  if (!kinds.includes(viewer.kind)) throw new NotFound()
  return viewer
}

/** Who is asking comes before what is asked. */
function throughDoor<Schema extends z.ZodType, Who, Result>(
  schema: Schema,
  enter: (form: FormData) => Promise<Who>,
  run: (who: Who, input: z.output<Schema>) => Promise<Result>,
): Action<Result> {
  return async (_before, form) => {
    try {
      if (!(form instanceof FormData)) throw new Forbidden("foreign-origin")
      assertOwnOrigin(await headers())
      const who = await enter(form)
      const given = readForm(form)
      if (holdsZero(given)) throw new Invalid("invalid")
      const parsed = schema.safeParse(given)
      if (!parsed.success) return await refusedFields(parsed.error, form)
      return { status: "done", result: await run(who, parsed.data) }
    } catch (error) {
      unstable_rethrow(error)
      const { code, sentence, field } = await answerTo(error)
      return { status: "refused", code, sentence, fields: field ? { [field]: sentence } : {}, values: typedValues(form) }
    }
  }
}

/** A form as an object. A name that comes more than once is a list. The framework's own fields are left out. */
function readForm(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith("$ACTION"))
  return Object.fromEntries(
    names.map((name) => {
      const all = form.getAll(name)
      return [name, all.length > 1 ? all : all[0]]
    }),
  )
}

/** The one character that nobody can type and the database does not take. */
function holdsZero(given: Readonly<Record<string, unknown>>): boolean {
  return Object.values(given).flat().some((one) => typeof one === "string" && one.includes("\0"))
}

async function refusedFields<Result>(error: z.ZodError, form: FormData): Promise<ActionState<Result>> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const name = String(issue.path[0] ?? "")
    fields[name] ??= await sentenceFor(/^[a-z-]+$/.test(issue.message) ? issue.message : "invalid")
  }
  return { status: "refused", code: "invalid", sentence: await sentenceFor("form-incomplete"), fields, values: typedValues(form) }
}
