import { fillDemo } from "../../prisma/demo/fill.ts"
import { rememberFilled } from "./demo.ts"

const [data] = process.argv.slice(2)
if (!data) throw new Error("fill-demo.ts needs the data folder")
rememberFilled(data, await fillDemo())
// Connections of the database stay open for reuse; this process is done.
process.exit(0)
