import { runUnderNode24 } from "./bootstrap.mjs"

runUnderNode24("check-chains.ts")
