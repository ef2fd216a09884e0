import { runUnderNode24 } from "./bootstrap.mjs"

runUnderNode24("bench/main.ts")
