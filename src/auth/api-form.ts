import { createHash } from "node:crypto"
import { FormTooLarge, hashedParts, limited, textOf } from "#platform/form-hash.ts"
import { BrokenForm, openForm, type FormPart } from "#platform/multipart.ts"
import { apiLimits } from "#policy/api-limits.ts"
import { Invalid } from "#policy/errors.ts"
import { ApiRefusal } from "./api-problem.ts"
import { invalid } from "./api-operation.ts"

/** A file of a form with the fields that stand before it, and after the file before; `file` is null for fields behind the last file. */
export type FormEntry = { fields: Record<string, string>; file: { name: string; stream: ReadableStream<Uint8Array> } | null }

/** A form as it comes in: its files one by one, the fingerprint of all of it when they were read, and reading on without keeping anything. */
export type SentForm = { entries: AsyncGenerator<FormEntry, undefined>; fingerprint: () => Uint8Array<ArrayBuffer>; drop: () => Promise<void> }

const longestField = 1000

/** Opens the multipart form of a request. Refuses one that is too large, and 400 "upload-broken-off" when it has no end. */
export function formOf(request: Request): SentForm {
  const announced = Number(request.headers.get("content-length") ?? 0)
  if (announced > apiLimits.formBytes) throw tooLarge()
  if (!request.body) throw new Invalid("upload-empty")
  const body = limited(request.body, apiLimits.formBytes, () => new Invalid("upload-broken-off"))
  const open = opened(request.headers.get("content-type") ?? "", body)
  const { parts, fingerprint } = hashedParts(open.parts)
  return { entries: entriesOf(parts), fingerprint, drop: () => open.drop(apiLimits.formBytes) }
}

/** Reads all of a form and keeps nothing of it; its fingerprint. */
export async function readThrough({ entries, fingerprint }: SentForm): Promise<Uint8Array<ArrayBuffer>> {
  for await (const { file } of entries) if (file) for await (const _piece of file.stream) continue
  return fingerprint()
}

/** The fingerprint of a request: what is asked where, and of what is sent along its text, or the fingerprint of its form. */
export function fingerprintOf(line: string, sent: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`${line}\n`).update(sent).digest())
}

export function tooLarge(): ApiRefusal {
  return new ApiRefusal(413, "body-too-large")
}

function opened(contentType: string, body: ReadableStream<Uint8Array>): ReturnType<typeof openForm> {
  try {
    return openForm(contentType, body)
  } catch (error) {
    throw error instanceof BrokenForm ? new Invalid("upload-broken-off") : error
  }
}

async function* entriesOf(parts: AsyncIterable<FormPart>): AsyncGenerator<FormEntry, undefined> {
  let fields: Record<string, string> = {}
  try {
    for await (const part of parts) {
      if (part.fileName !== null) {
        yield { fields, file: { name: part.fileName, stream: part.stream } }
        fields = {}
        continue
      }
      const text = await textOf(part, longestField)
      if (text === null || text.includes("\0")) throw invalid([{ field: part.name.slice(0, 60), issue: "too long, or no text" }])
      if (Object.hasOwn(fields, part.name)) throw invalid([{ field: part.name.slice(0, 60), issue: "twice before one file" }])
      fields = { ...fields, [part.name]: text }
    }
  } catch (error) {
    if (error instanceof BrokenForm) throw new Invalid("upload-broken-off")
    throw error instanceof FormTooLarge ? tooLarge() : error
  }
  if (Object.keys(fields).length > 0) yield { fields, file: null }
  return undefined
}
