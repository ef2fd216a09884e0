/**
 * What a form knows after it was sent: nothing yet, done with a result, or refused with a sentence, the sentence for each wrong field,
 * and what was typed (never a password or a file).
 */
export type ActionState<Result> =
  | { status: "idle" }
  | { status: "done"; result: Result }
  | { status: "refused"; code: string; sentence: string; fields: Readonly<Record<string, string>>; values: Readonly<Record<string, string>> }

/** Where every form begins. */
export const idle = { status: "idle" } as const
