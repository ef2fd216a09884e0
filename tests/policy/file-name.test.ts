import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { cleanFileName, contentDisposition, withEnding } from "#policy/file-name.ts"

const naughty: string[] = JSON.parse(readFileSync(new URL("../corpora/naughty-strings.json", import.meta.url), "utf8"))
const odd = [...naughty, "a\r\nSet-Cookie: x=1", 'a"; filename="b.exe', "a\\", "%22%0d%0a", "\u0000\u007f", "\u202egnp.exe", "\ud800", ...["a", "é", "😀", "\u0301", "\"", "%", "'", "\r\n", "ﷺ"].map((letter) => letter.repeat(255))]

test("whatever a file is called, its header is one line with one name in it, which reads back as it was called", () => {
  for (const name of odd) {
    const header = contentDisposition("attachment", name)
    const [, ascii = "", encoded = ""] = /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([A-Za-z0-9%._~-]*)$/.exec(header) ?? []
    expect(/^[\x20-\x7e]+$/.test(header), name).toBe(true)
    expect(ascii + encoded !== "" || name === "", name).toBe(true)
    expect(decodeURIComponent(encoded), name).toBe(name.toWellFormed())
    expect(header.length).toBeLessThan(20 * Math.max(name.length, 10))
  }
})

test("a name that is kept has no path, no control or turning mark and at most 255 characters, and stays the same when it is cleaned again", () => {
  for (const name of odd) {
    const kept = cleanFileName(name)
    expect(kept, name).toMatch(/^[^/\\\p{Cc}\p{Cf}]+$/u)
    expect([...kept].length).toBeLessThanOrEqual(255)
    expect(cleanFileName(kept), name).toBe(kept)
  }
})

test("a download has the ending of what it is", () => {
  expect([withEnding("Bankpas", "application/pdf"), withEnding("foto.JPG", "image/jpeg"), withEnding("truc.pdf.html", "application/pdf")]).toEqual(["Bankpas.pdf", "foto.JPG", "truc.pdf.html.pdf"])
})
