import { Forbidden } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"

/** Refuses whoever does not say where this party is told of things: Forbidden "owners-only" for anybody but its owners, and the keys that an owner gave this. */
export function assertManages(viewer: Viewer): void {
  const isGiven = viewer.scopes?.includes("webhooks:manage") ?? false
  if (viewer.kind === "employee" || (viewer.rank !== "owner" && !isGiven)) throw new Forbidden("owners-only")
}
