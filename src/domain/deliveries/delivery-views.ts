/** The shapes of deliveries that pages show. */
export type { DeliveryState, DeliverySummary } from "./delivery-repository.ts"
export type { UploadRow } from "./upload-repository.ts"
