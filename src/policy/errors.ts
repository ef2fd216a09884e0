/**
 * The five ways in which the product says no. Domain and policy throw them; each door maps them once
 * (auth/answers.ts) to a status, a code and a sentence in the user's language. Anything else is a bug.
 *
 * `code` is stable and in kebab-case: the key of the sentence in messages/*.json under "errors".
 * `details` holds only what may be shown: line numbers, counts, field names. Never a BSN, a name or an address.
 */
export abstract class Refusal extends Error {
  abstract readonly status: 404 | 403 | 422 | 409 | 429
  readonly code: string
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: string, details: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = new.target.name
    this.code = code
    this.details = details
  }
}

/** It is not there, or the viewer cannot see it: the two are one answer, so that nobody learns what exists. */
export class NotFound extends Refusal {
  readonly status = 404
  constructor(code = "not-found") {
    super(code)
  }
}

/** The viewer sees it but may not do this with it. */
export class Forbidden extends Refusal {
  readonly status = 403
  constructor(code = "forbidden") {
    super(code)
  }
}

/** What was sent cannot be used. `details.field` names the field where there is one. */
export class Invalid extends Refusal {
  readonly status = 422
}

/** It was right when it was sent, but something else came first: sent twice, name taken, already gone, no room left. */
export class Conflict extends Refusal {
  readonly status = 409
}

/** Too often, too fast. `details.seconds` says when to try again, where that is known. */
export class TooMany extends Refusal {
  readonly status = 429
}
