import { runUnderNode24 } from "./bootstrap.mjs"

runUnderNode24("backup/restore.ts")
