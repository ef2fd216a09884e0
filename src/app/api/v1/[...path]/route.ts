import { apiFor } from "#auth/api-door.ts"
import { operations } from "../operations.ts"

/** The REST API: which operation it is stands in the table. */
export const GET = apiFor(operations)
export const HEAD = apiFor(operations)
export const POST = apiFor(operations)
export const PUT = apiFor(operations)
export const PATCH = apiFor(operations)
export const DELETE = apiFor(operations)
