import { resolve } from "node:path"

const root = resolve(import.meta.dirname, "../../..")

/** A Next of nothing but itself: the floor that the portal's pages are held against. */
export default { poweredByHeader: false, turbopack: { root }, typescript: { ignoreBuildErrors: true } }
