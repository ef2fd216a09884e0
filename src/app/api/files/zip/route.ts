import { getTranslations } from "next-intl/server"
import { z } from "zod"
import { routeFor } from "#auth/route-door.ts"
import { planZip, zipFiles, type ZipChoice, type ZipFile } from "#domain/files/zip-files.ts"
import { Invalid, Refusal } from "#policy/errors.ts"
import { contentDisposition, withEnding } from "#policy/file-name.ts"
import { PARTY_KINDS, type Viewer } from "#policy/viewer.ts"
import { zipNames } from "#policy/zip-names.ts"
import { kindOf, nameOf } from "#ui/file-naming.ts"

/** A thousand ids of 36 characters, with the rest of a form around them; five thousand still get a sentence. */
const mostForm = 1_000_000
const ids = z.array(z.uuid())

/** A zip of the payroll files that stand in the same dossier and year as one of them. */
export const GET = routeFor(PARTY_KINDS, z.object({ yearOf: z.uuid() }), async (viewer, { yearOf }, request) => answerWith(viewer, { yearOf }, request))

/** A zip of chosen files: a form with their ids as `bestand`, urlencoded. Other fields of the form are none of its business. */
export const POST = routeFor(PARTY_KINDS, z.object({}), async (viewer, _none, request) => {
  const asked = ids.safeParse(new URLSearchParams(await textOf(request)).getAll("bestand"))
  if (!asked.success) throw new Invalid("zip-empty")
  return answerWith(viewer, { fileIds: asked.data }, request)
}, { changes: false })

/** Asking only for the headers would open the first of them, so it is not answered. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: "GET, POST", "Cache-Control": "private, no-store" } })
}

async function answerWith(viewer: Viewer, choice: ZipChoice, request: Request): Promise<Response> {
  const files = await planZip(viewer, choice).catch((error: unknown) => refusalPage(error, request))
  if (files instanceof Response) return files
  const t = await getTranslations()
  const severalKinds = new Set(files.map(({ kind }) => kind)).size > 1 && files.length > 12
  const folderOf = (file: ZipFile) => (severalKinds ? t(`documentKinds.${kindOf(file)}`) : null)
  const names = zipNames(files.map((file) => ({ folder: folderOf(file), name: withEnding(nameOf(t, file), file.mediaType) })))
  const { stream, length } = zipFiles(viewer, files, names)
  const year = files[0]?.year
  return new Response(stream, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": String(length),
      "Content-Disposition": contentDisposition("attachment", `${"yearOf" in choice && year ? t("zip.year", { year: String(year) }) : t("zip.chosen")}.zip`),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  })
}

/** A form or link that leads here is a page to who pressed it: its refusal is one too. */
function refusalPage(error: unknown, request: Request): Response {
  if (!(error instanceof Refusal) || request.headers.get("sec-fetch-dest") !== "document") throw error
  return new Response(null, { status: 303, headers: { Location: `/downloaden?melding=${error.code}`, "Cache-Control": "private, no-store" } })
}

async function textOf(request: Request): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const piece of request.body ?? []) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > mostForm) throw new Invalid("zip-too-many", { most: 1000 })
  }
  return text
}
