import { runUnderNode24 } from "./bootstrap.mjs"

runUnderNode24("beheer/main.ts")
