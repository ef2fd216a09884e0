import { bouncesDoor } from "#auth/provider-door.ts"
import { takeBounce } from "#domain/bounces/take-bounce.ts"
import { now } from "#platform/clock.ts"

/** What came back, posted by the provider that took it in. */
export const POST = bouncesDoor((raw) => takeBounce(raw, now()))
