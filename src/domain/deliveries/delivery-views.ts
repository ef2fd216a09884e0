/** The shapes of deliveries that pages show. */
export type { DeliveryRow, DeliveryState, DeliverySummary, ListedDelivery } from "./delivery-repository.ts"
export type { UploadRow } from "./upload-repository.ts"
