import { Forbidden } from "./errors.ts"
import { mayChange } from "./ranks.ts"
import type { Viewer } from "./viewer.ts"

/** The viewer, who may change something of the party. Forbidden "reader" for who may only look. */
export function assertMayChange(viewer: Viewer): Viewer {
  if (!mayChange(viewer.rank)) throw new Forbidden("reader")
  return viewer
}
