import { createHash } from "node:crypto"
import { appendFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fits } from "../../../clients/loon/answer-shape.ts"
import { formOf } from "../../../clients/loon/form-body.ts"
import { apiFrom } from "../../../clients/loon/make-api.ts"
import { plain, table } from "../../../clients/loon/table.ts"
import { openApi } from "../../../src/app/api/v1/openapi.ts"
import { readFileSync } from "node:fs"
import { newHome } from "./sink.ts"

test("what it knows of the API is what the portal tells of it", () => {
  const made = readFileSync(join(import.meta.dirname, "../../../clients/loon/api.ts"), "utf8")
  expect(made).toBe(apiFrom(JSON.parse(JSON.stringify(openApi("https://portaal.test")))))
})

test("an answer fits when what is asked for is there; a state and a field that are new are no trouble", () => {
  const shape = { state: "string", sentAt: ["null or", "string"], rows: ["list", { size: "number" }] } as const
  expect(fits(shape, { state: "review", sentAt: null, rows: [{ size: 1, more: true }], extra: 1 })).toBe(true)
  for (const wrong of [null, [], "x", {}, { state: 1, sentAt: null, rows: [] }, { state: "x", sentAt: null, rows: [{}] }, { state: "x", rows: [] }]) expect(fits(shape, wrong)).toBe(false)
})

test("a table is as wide as what is in it, and obeys nothing that stands in it", () => {
  const rows = [["Öztürk", 5], ["Łukasik\u001b[31m\u202e", 10_000]] as const
  expect(table(["Naam", "Bytes"], rows, "leeg")).toBe(["Naam           Bytes", "-------------  -----", "Öztürk             5", "Łukasik?[31m?  10000"].join("\n"))
  expect(table(["Naam"], [], "leeg")).toBe("leeg")
  expect(plain("e\u0301")).toBe("é")
})

async function allOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const copies: Uint8Array[] = []
  for await (const piece of pieces) copies.push(new Uint8Array(piece))
  return Buffer.concat(copies)
}

async function fileWith(text: string, name: string) {
  const path = join(newHome(), "bestand")
  await writeFile(path, text)
  return { path, name, size: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") }
}

test("a form is as long as it says, and holds its fields and files in their order", async () => {
  const first = { ...(await fileWith("%PDF-1 één", 'Loonstrook "maart" é.pdf')), fields: { kind: "payslip", year: "2026" } }
  const second = { ...(await fileWith("\r\n--x--\r\n", "twee.xml")), fields: {} }
  const body = formOf({ then: "stage" }, [first, second], "x-1", () => undefined)
  const bytes = await allOf(body.pieces())
  expect(bytes.length).toBe(body.length)
  const form = await new Response(bytes, { headers: { "content-type": body.type } }).formData()
  expect([...form.keys()]).toEqual(["then", "kind", "year", "file", "file"])
  const files = form.getAll("file").flatMap((one) => (typeof one === "string" ? [] : [one]))
  expect(files.map(({ name }) => name)).toEqual(['Loonstrook "maart" é.pdf', "twee.xml"])
  expect(await Promise.all(files.map((one) => one.text()))).toEqual(["%PDF-1 één", "\r\n--x--\r\n"])
})

test("a file that grew, or holds something else, stops the form before its end", async () => {
  const same = { ...(await fileWith("%PDF-1", "a.pdf")), fields: {} }
  await appendFile(same.path, "meer")
  const other = { ...(await fileWith("%PDF-1", "b.pdf")), fields: {}, sha256: "0" }
  for (const file of [same, other]) {
    const body = formOf({}, [file], "x", () => undefined)
    await expect(allOf(body.pieces())).rejects.toMatchObject({ code: "file-changed", exit: 5 })
  }
})
