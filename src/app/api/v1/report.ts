import type { z } from "zod"
import { type report, refusalsOf, toDelivery } from "./schemas.ts"

/** What staging or sending this delivery would run into now: the codes of the refusals, with of how many where they are of some. */
export function reportOn(view: Parameters<typeof toDelivery>[0], what: "stage" | "send"): z.input<typeof report> {
  return { ...refusalsOf(view, what), delivery: toDelivery(view) }
}
