import type { z } from "zod"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { type report, toDelivery } from "./schemas.ts"

/** What staging or sending this delivery would run into now: the codes of the refusals, with of how many where they are of some. */
export function reportOn(view: DeliveryView, what: "stage" | "send"): z.input<typeof report> {
  const { delivery: { state }, uploads, items } = view
  const counted = (code: string, count: number) => (count > 0 ? [{ code, count }] : [])
  const states = what === "stage" ? ["draft", "staged"] : ["staged", "planned", "sending", "sent"]
  const refusals = [
    ...(states.includes(state) ? [] : [{ code: `delivery-${state}`, count: null }]),
    ...counted("delivery-still-reading", uploads.filter((upload) => upload.state === "received").length),
    ...counted("delivery-has-refused", uploads.filter((upload) => upload.state === "refused").length),
    ...counted("delivery-has-parked", items.filter((item) => item.parked !== null).length),
    ...counted("delivery-has-red", items.filter((item) => item.parked === null && item.check.level === "red").length),
    ...(what === "send" && state === "staged" && view.needsApproval ? [{ code: "approval-needed", count: null }] : []),
    ...(items.length === 0 ? [{ code: "delivery-empty", count: null }] : []),
  ]
  const isStopping = ({ code }: { code: string }) => what === "send" || code !== "delivery-has-red"
  return { ok: !refusals.some(isStopping), refusals, delivery: toDelivery(view) }
}
