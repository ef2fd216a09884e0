import { runUnderNode24 } from "./bootstrap.mjs"

runUnderNode24("backup/make.ts")
