import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { folderStorage } from "#platform/storage-folder.ts"

/** Keeps something small, then too much in one piece and as a stream, then something small again, and prints what came of it. */
const [place = ""] = process.argv.slice(2)
const storage = folderStorage(place)
const outcomes: string[] = []
const large = new Uint8Array(1_000_000)
const attempts = { small: new Uint8Array(1000), large, streamed: new Blob([large]).stream(), again: new Uint8Array(1000) }
for (const [key, bytes] of Object.entries(attempts)) {
  outcomes.push(await storage.put(`files/${key}`, bytes).then(() => "kept", (error: Error) => `${error.name} ${causeOf(error)}`))
}
const keys: string[] = []
for await (const { key } of storage.list("")) keys.push(key)
console.log(JSON.stringify({ outcomes, keys: keys.toSorted(), half: await readdir(join(place, ".half")) }))

function causeOf({ cause }: Error): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : cause
}
