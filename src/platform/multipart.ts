import { drain } from "./drain.ts"
import { streamOf } from "./stream-of.ts"

/** A part of a form: `fileName` is null for what is no file, and "" where none was chosen. Its stream fails with BrokenForm when the form ends before it does. */
export type FormPart = { name: string; fileName: string | null; stream: ReadableStream<Uint8Array> }

/** A file in a form: its name as the browser tells it, "" when none was chosen, and its bytes as they come. `drop` reads the rest, as drain does. */
export type FormFile = { name: string; stream: ReadableStream<Uint8Array>; drop: (most: number) => Promise<void> }

/** What came is no form with a file, or one without an end. */
export class BrokenForm extends Error {
  constructor() {
    super("This is no whole multipart form")
    this.name = "BrokenForm"
  }
}

const mostHead = 16_384

/**
 * The parts of a multipart form (RFC 7578) as they come, without holding more than a piece; what nobody reads of one is passed over when the next is asked.
 * `drop` reads the rest, as drain does. Throws BrokenForm when it is no such form, or has no end.
 */
export function openForm(contentType: string, body: ReadableStream<Uint8Array>): { parts: AsyncGenerator<FormPart>; drop: FormFile["drop"] } {
  const [, quoted, bare] = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw new BrokenForm()
  const reader = body.getReader()
  const mark = Buffer.from(`\r\n--${boundary}`)
  let held = Buffer.from("\r\n")
  const more = async () => {
    const { done, value } = await reader.read()
    if (!done) held = Buffer.concat([held, value])
    return !done
  }

  /** What comes up to the next mark; the last of it is held back until it is sure not to be the beginning of one. */
  async function* content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(mark)
      const sure = at >= 0 ? at : Math.max(0, held.length - mark.length)
      if (sure > 0) yield held.subarray(0, sure)
      held = held.subarray(at >= 0 ? at + mark.length : sure)
      if (at >= 0) return
      if (!(await more())) throw new BrokenForm()
    }
  }

  async function* parts(): AsyncGenerator<FormPart> {
    for await (const _before of content()) continue
    for (;;) {
      while (held.length < 2) if (!(await more())) throw new BrokenForm()
      if (held.subarray(0, 2).toString() === "--") {
        // A form is whole when its request is: one that announced more than came must not be taken for done.
        do held = Buffer.of()
        while (await more())
        return
      }
      let end = held.indexOf("\r\n\r\n")
      for (; end < 0; end = held.indexOf("\r\n\r\n")) if (held.length > mostHead || !(await more())) throw new BrokenForm()
      const head = held.subarray(0, end).toString()
      held = held.subarray(end + 4)
      const told = /^content-disposition:[^\r\n]*/im.exec(head)?.[0] ?? ""
      const valueOf = (field: string) => new RegExp(`;\\s*${field}="([^"]*)"`, "i").exec(told)?.[1]?.replace(/%22/g, '"')
      const inside = content()
      yield { name: valueOf("name") ?? "", fileName: valueOf("filename") ?? null, stream: streamOf(inside) }
      for await (const _rest of inside) continue
    }
  }

  return { parts: parts(), drop: (most) => drain(reader, most) }
}

/** The first file in a multipart form; null when there is none. Throws BrokenForm as openForm does. */
export async function fileInForm(contentType: string, body: ReadableStream<Uint8Array>): Promise<FormFile | null> {
  const { parts, drop } = openForm(contentType, body)
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const { fileName, stream } = next.value
    if (fileName !== null) return { name: fileName, stream, drop }
  }
  return null
}
