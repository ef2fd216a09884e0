import { fits } from "./answer-shape.ts"
import { operations, type Answer } from "./api.ts"
import { exits, Stop } from "./exits.ts"

export type Delivery = Answer<"getDelivery">

/** What is wrong with documents, not with the order: to be put right in the delivery or at the source. */
const redCodes = ["delivery-has-red", "delivery-has-parked", "delivery-has-refused"]

/** What the portal refused (RFC 9457), as a Stop with its code and its sentence. An answer that is no such thing is not from a portal. */
export function refusalOf(status: number, value: unknown): Stop {
  if (!fits({ code: "string", detail: "string", requestId: "string" }, value)) {
    return new Stop(exits.unreachable, "no-portal", `Op dit adres antwoordt iets anders dan het portaal (${status}). Klopt het adres?`, { status })
  }
  const told: Record<string, unknown> = Object.fromEntries(["details", "fields", "report"].flatMap((name) => (Object.hasOwn(value, name) ? [[name, Reflect.get(value, name)]] : [])))
  const exit = status === 401 ? exits.key : redCodes.includes(value.code) ? exits.red : exits.refused
  return new Stop(exit, value.code, value.detail, { status, requestId: value.requestId, ...told })
}

/** How the delivery stood that was refused; null where the portal did not tell. */
export function reportIn({ details }: Stop): Delivery | null {
  const report = details["report"]
  return fits(operations.getDelivery.answer, report) ? report : null
}
