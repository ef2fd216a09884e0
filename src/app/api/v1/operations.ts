import type { Operation } from "#auth/api-operation.ts"
import { approvalOperations } from "./approvals.ts"
import { backupOperations } from "./backups.ts"
import { backupUploadOperations } from "./backup-uploads.ts"
import { deliveryOperations } from "./deliveries.ts"
import { documentOperations } from "./documents.ts"
import { employerOperations } from "./employers.ts"
import { uploadOperations } from "./uploads.ts"
import { webhookOperations } from "./webhooks.ts"
import { withdrawalOperations } from "./withdrawals.ts"

/** Every operation of the API, version 1. The router, the OpenAPI document, the page and the tests follow from this table: a new operation is one entry. */
export const operations: readonly Operation[] = [
  ...employerOperations,
  ...deliveryOperations,
  ...approvalOperations,
  ...withdrawalOperations,
  ...documentOperations,
  ...uploadOperations,
  ...webhookOperations,
  ...backupOperations,
  ...backupUploadOperations,
]
