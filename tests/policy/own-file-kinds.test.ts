import { readFileSync } from "node:fs"
import { PDFDocument } from "pdf-lib"
import sharp from "sharp"
import { describe, expect, test } from "vitest"
import { cleanFileName, withEnding } from "#policy/file-name.ts"
import { endingsOf, kindHeadBytes, kindTailBytes, leavesAs, ownFileKindOf, ownFileKinds } from "#policy/own-file-kinds.ts"
import { shownAs } from "#policy/shown-media.ts"
import { phonePhoto, pngWithText } from "../support/images.ts"
import { officeParts, packageOf } from "../support/office-documents.ts"

const heic = readFileSync(new URL("../images/half-red-half-green.heic", import.meta.url))
const pdf = async () => (await PDFDocument.create()).save()

/** What the product makes of a file: the key of its kind, or why it is refused. */
function kindOf(bytes: Uint8Array | string, name = "bestand"): string {
  const whole = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes
  const kind = ownFileKindOf(whole.subarray(0, kindHeadBytes), whole.subarray(-kindTailBytes), name)
  return typeof kind === "string" ? kind : (Object.entries(ownFileKinds).find(([, one]) => one === kind)?.[0] ?? "?")
}

describe("what is kept", () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["jpeg", () => phonePhoto()],
    ["png", () => pngWithText()],
    ["heic", () => heic],
    ["pdf", () => pdf()],
    ...Object.entries(officeParts).map(([kind, parts]): [string, () => Promise<Uint8Array>] => [kind, () => packageOf(parts)]),
  ])("a real %s is one, whatever it is called", async (kind, make) => {
    const bytes = await make()
    for (const name of ["bestand", `x.${kind}`, "x.exe", "x.pdf", "x.html"]) expect(kindOf(bytes, name)).toBe(kind)
  })

  test("a document of an office program with pictures in it, larger than what is looked at, is one all the same", async () => {
    const bytes = await packageOf({ ...officeParts.docx, "word/media/image1.png": "x".repeat(3_000_000) })
    expect(kindOf(bytes)).toBe("docx")
    expect(kindOf(Buffer.concat([bytes.subarray(0, -2), Buffer.from([5, 0]), Buffer.from("hallo")]))).toBe("docx")
  })

  test.each([
    ["txt", "Beste werkgever,\r\n\r\nhierbij mijn verklaring. Groeten, K. de Vries", "brief.txt"],
    ["txt", "@echo off\r\ndel *.*\r\n", "x.bat"],
    ["txt", 'WScript.Echo "hallo"', "x.vbs"],
    ["txt", "Get-Process | Stop-Process", "x.ps1"],
    ["txt", "alert(1)", "x.js"],
    ["txt", "[InternetShortcut]\r\nURL=https://elders.test", "x.url"],
    ["txt", "1 < 2 en 3 > 2", "sommen"],
    ["txt", "\xe9\xe9n caf\xe9", "latin.txt"],
    ["txt", "\xff\xfeh\0a\0l\0l\0o\0", "breed.txt"],
    ["csv", "naam;bedrag\r\nBakker;12,50\r\n", "uren.csv"],
    ["csv", "naam;bedrag\r\nBakker;12,50\r\n", "UREN.CSV "],
    ["txt", "naam;bedrag\r\nBakker;12,50\r\n", "uren"],
    ["html", "<!DOCTYPE html><html><body>hallo</body></html>", "pagina.html"],
    ["html", "<!doctype HTML><title>x</title>", "loonstrook.pdf"],
    ["html", "\xef\xbb\xbf\r\n  <HTML><script>alert(1)</script>", "foto.jpg"],
    ["html", "hallo <img src=x onerror=alert(1)>", "brief.txt"],
    ["html", "naam;<script>alert(1)</script>", "uren.csv"],
    ["svg", "<!-- <?xml version='1.0'?> --><svg/onload=alert(1)><p>", "x.txt"],
    ["html", "\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0", "breed.txt"],
    ["svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg"],
    ["svg", '<?xml version="1.0"?>\n<!-- gemaakt -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg width="1">', "foto.png"],
    ["svg", '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', "x"],
    ["xml", '<?xml version="1.0"?><loonaangifte/>', "aangifte.xml"],
    ["xml", "<bericht><van>a</van></bericht>", "bericht.txt"],
    ["xml", '<?xml version="1.0"?><?xml-stylesheet href="x.xsl" type="text/xsl"?><lijst/>', "x.pdf"],
  ])("%s: %j called %j", (kind, bytes, name) => {
    expect(kindOf(bytes, name)).toBe(kind)
  })
})

describe("what is refused", () => {
  test.each([
    ["own-file-program", "MZ\x90\0\x03\0\0\0", "Windows"],
    ["own-file-program", "\x7fELF\x02\x01\x01", "Linux"],
    ["own-file-program", "\xcf\xfa\xed\xfe\x07\0\0\x01", "macOS"],
    ["own-file-program", "\xca\xfe\xba\xbe\0\0\0\x41", "Java"],
    ["own-file-program", "\0asm\x01\0\0\0", "WebAssembly"],
    ["own-file-program", "L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", "a shortcut of Windows"],
    ["own-file-program", "#!/bin/sh\nrm -rf ~\n", "a script that names its interpreter"],
    ["own-file-program", "\xef\xbb\xbf#!/usr/bin/env python\n", "the same after a mark"],
    ["own-file-program", "#!/bin/sh\ncat <<E\n%PDF-1.7\n", "a script that is a PDF too"],
    ["own-file-program", "MZ%PDF-1.7\n", "a program that is a PDF too"],
    ["own-file-kind", "GIF89a\x01\0\x01\0", "a GIF"],
    ["own-file-kind", "\0\0\0\x18ftypmp42", "a film"],
    ["own-file-kind", "Rar!\x1a\x07\x01\0", "another archive"],
    ["own-file-kind", "\x1f\x8b\x08\0\0\0\0\0", "something packed"],
    ["own-file-kind", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of before 2007, or an installer"],
    ["own-file-locked", `\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${"\0".repeat(600)}E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0`, "a document with a password"],
    ["own-file-kind", "tekst met \0 erin", "a text with a nought"],
  ])("%s: %j (%s), also when it is called a photo or a PDF", (refusal, bytes) => {
    for (const name of ["x", "foto.jpg", "loonstrook.pdf"]) expect(kindOf(bytes, name)).toBe(refusal)
  })

  test.each<[string, string, Record<string, string>]>([
    ["own-file-macros", "a document with macros called .docx", { ...officeParts.docx, "word/vbaProject.bin": "x" }],
    ["own-file-macros", "an OpenDocument with macros", { ...officeParts.odt, "Basic/Standard/Module1.xml": "x" }],
    ["own-file-program", "a program of Java", { "META-INF/MANIFEST.MF": "Main-Class: X", "X.class": "x" }],
    ["own-file-program", "a program of Android", { "AndroidManifest.xml": "x", "classes.dex": "x" }],
    ["own-file-program", "a program of Java that is a document too", { ...officeParts.docx, "META-INF/MANIFEST.MF": "Main-Class: X" }],
    ["own-file-kind", "an archive", { "a.txt": "a" }],
    ["own-file-kind", "a package of another kind", { "[Content_Types].xml": "x", "iets/anders.xml": "x" }],
    ["own-file-kind", "an archive with a name of a document in it", { "word/document.xml": "x" }],
    ["own-file-kind", "an OpenDocument of another kind", { mimetype: "application/vnd.oasis.opendocument.text-web" }],
  ])("%s: %s", async (refusal, _what, parts) => {
    expect(kindOf(await packageOf(parts), "x.docx")).toBe(refusal)
  })

  test("a zip of which the list of contents is missing, or points nowhere", async () => {
    const bytes = await packageOf(officeParts.docx)
    expect(kindOf(bytes.subarray(0, -30))).toBe("own-file-kind")
    for (let at = 1; at <= 22; at += 1) expect(["docx", "own-file-kind"]).toContain(kindOf(bytes.with(bytes.length - at, 0xff)))
  })
})

describe("how it leaves", () => {
  test.each(["html", "svg", "xml"] as const)("%s, which a browser could run, as bytes of no kind and never on a page", (kind) => {
    const { mediaType } = ownFileKinds[kind]
    expect([leavesAs(mediaType), shownAs(mediaType)]).toEqual(["application/octet-stream", null])
  })

  test("what this version does not know as bytes of no kind too; the rest as what it is, and only PDFs and pictures on a page", () => {
    expect([leavesAs("application/x-iets"), endingsOf("application/x-iets")]).toEqual(["application/octet-stream", []])
    const others = Object.entries(ownFileKinds).filter(([kind]) => !["html", "svg", "xml"].includes(kind))
    expect(others.filter(([, { mediaType }]) => leavesAs(mediaType) !== mediaType)).toEqual([])
    expect(others.filter(([, { mediaType }]) => shownAs(mediaType)).map(([kind]) => kind)).toEqual(["jpeg", "png", "pdf"])
  })

  test.each([
    ["docx", "brief", "brief.docx"],
    ["docx", "brief.DOCX", "brief.DOCX"],
    ["docx", "brief.doc", "brief.doc.docx"],
    ["xlsx", "uren.pdf", "uren.pdf.xlsx"],
    ["odt", "brief", "brief.odt"],
    ["jpeg", "IMG_1.jpeg", "IMG_1.jpeg"],
    ["jpeg", "IMG_1.png", "IMG_1.png.jpg"],
    ["png", "scherm", "scherm.png"],
    ["heic", "IMG_1.HEIC", "IMG_1.HEIC"],
    ["txt", "x.bat", "x.bat.txt"],
    ["txt", "x.ps1", "x.ps1.txt"],
    ["txt", "x.js", "x.js.txt"],
    ["txt", "lees.md", "lees.md"],
    ["csv", "uren.csv", "uren.csv"],
    ["html", "loonstrook.pdf", "loonstrook.pdf.html"],
    ["html", "x.hta", "x.hta.html"],
    ["svg", "logo", "logo.svg"],
    ["xml", "aangifte.xml", "aangifte.xml"],
  ] as const)("%s called %j is called %j", (kind, name, called) => {
    expect(withEnding(name, ownFileKinds[kind].mediaType)).toBe(called)
  })

  test.each(["a", "é", "😀"])("a name of 255 times %s keeps its length and gets its ending", (letter) => {
    expect(withEnding(cleanFileName(`${letter.repeat(300)}.pdf`), "application/pdf")).toBe(`${letter.repeat(251)}.pdf`)
  })
})

test("a photo with a program behind it is a photo, which is made anew", async () => {
  const bytes = Buffer.concat([await phonePhoto(), await packageOf({ "META-INF/MANIFEST.MF": "x" }), Buffer.from("<script>alert(1)</script>")])
  expect(kindOf(bytes, "x.jar")).toBe("jpeg")
  expect((await sharp(bytes).metadata()).format).toBe("jpeg")
})
