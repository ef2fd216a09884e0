import { forPage } from "#auth/page-door.ts"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { viewDeliveryRecall } from "#domain/deliveries/withdraw-delivery.ts"
import type { Viewer } from "#policy/viewer.ts"
import { DeliveryRecallSection } from "#ui/delivery-recall.tsx"
import { withdrawDeliveryAction } from "./recall-actions.ts"

/** Of a delivery that was sent, in both portals: that the whole was withdrawn, or the way to. Of another, nothing. */
export async function DeliveryRecall({ viewer, view: { delivery } }: { viewer: Viewer; view: DeliveryView }) {
  if (delivery.state !== "sent") return null
  return <DeliveryRecallSection recall={await forPage(viewDeliveryRecall(viewer, { deliveryId: delivery.id }))} action={withdrawDeliveryAction} />
}
