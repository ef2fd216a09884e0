import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import { afterAll, expect, test } from "vitest"
import { lockPdf, PdfRefused, readPdf } from "#platform/pdf.ts"

const payslips = readFileSync(join(import.meta.dirname, "../samples/korenmaat-2026-03/loonstroken-maart-2026.pdf"))
const toOpen = "@-een goed wachtwoord"
const toChange = "wat niemand weet, ook de portal niet"
const folder = mkdtempSync(join(tmpdir(), "loondossier-lock-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** The text of a page as another program than ours reads it. */
async function textOf(bytes: Uint8Array, password?: string): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, ...(password === undefined ? {} : { password }) }).promise
  const { items } = await (await document.getPage(2)).getTextContent()
  return items.flatMap((item) => ("str" in item ? [item.str] : [])).join(" ")
}

test("a locked PDF opens with its password, in another program too, and says what it said", async () => {
  const locked = await lockPdf(payslips, { toOpen, toChange })
  expect(await textOf(locked, toOpen)).toBe(await textOf(payslips))
  expect(await textOf(payslips)).toContain("Vries")
})

test("without the password, or with another, it opens nowhere, and nothing that it says is in its bytes", async () => {
  const locked = await lockPdf(payslips, { toOpen, toChange })
  await expect(readPdf(locked)).rejects.toMatchObject({ code: "encrypted" })
  await expect(textOf(locked)).rejects.toMatchObject({ name: "PasswordException" })
  await expect(textOf(locked, `${toOpen}x`)).rejects.toMatchObject({ name: "PasswordException" })
  const bytes = Buffer.from(locked).toString("latin1")
  expect([/^%PDF-2\.0/.test(bytes), /\/CFM ?\/AESV3/.test(bytes), /\/R 6\b/.test(bytes)]).toEqual([true, true, true])
  expect(["Vries", "Korenmaat", "999990020", toOpen, toChange].filter((word) => bytes.includes(word))).toEqual([])
  expect(Buffer.from(locked).equals(Buffer.from(await lockPdf(payslips, { toOpen, toChange })))).toBe(false)
})

test("what is no PDF is refused, and does not go out unlocked", async () => {
  const refused = await lockPdf(Buffer.from("%PDF-1.7 niets"), { toOpen, toChange }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(PdfRefused)
})

test.skipIf(spawnSync("qpdf", ["--version"]).status !== 0)("qpdf finds AES-256 of revision 6 and nothing wrong (left out where qpdf is not installed)", async () => {
  const path = join(folder, "locked.pdf")
  writeFileSync(path, await lockPdf(payslips, { toOpen, toChange }))
  const { stdout, status } = spawnSync("qpdf", [`--password=${toOpen}`, "--check", path], { encoding: "utf8" })
  expect([status, stdout.includes("R = 6"), stdout.includes("stream encryption method: AESv3"), stdout.includes("No syntax or stream encoding errors found")]).toEqual([0, true, true, true])
  expect(spawnSync("qpdf", ["--check", path]).status).toBe(2)
})
