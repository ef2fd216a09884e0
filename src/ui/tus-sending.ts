import { Upload, type DetailedError } from "tus-js-client"
import { problemIn, type Sending, type Tell } from "./uploads.ts"

/**
 * Sends a file by the tus protocol: a line that breaks is tried again from where it was, for about two minutes and whenever "retry" is pressed, also
 * after the page was loaded anew. Then the file is placed, or held with its id for a PDF. Loaded only when somebody uploads.
 */
export function sendByTus(file: File, tell: Tell, { hold, changed }: { hold: boolean; changed: string }): { abort: () => void } {
  const placing = new AbortController()
  const upload = new Upload(file, {
    endpoint: "/api/uploads",
    metadata: { filename: file.name.toWellFormed() },
    retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000, 40_000, 60_000],
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => tell.sent(sent),
    onShouldRetry: (error) => isPassing(error),
    onError: (error) => tell.failed(sentenceOf(error, changed)),
    onSuccess: () => void finish(),
  })

  async function finish() {
    const uploadId = upload.url?.split("/").pop() ?? ""
    if (hold) return tell.waiting(uploadId)
    tell.processing()
    const sha256 = await digest(file).catch(() => null)
    if (sha256 === null) return tell.failed(changed)
    const problem = await place({ uploadIds: [uploadId], sha256: sha256 || null }, placing.signal)
    if (problem === null) tell.done()
    else tell.failed(problem)
  }

  void upload.findPreviousUploads().then(([previous]) => {
    if (previous) upload.resumeFromPreviousUpload(previous)
    upload.start()
  })
  return {
    abort() {
      placing.abort()
      void upload.abort(true).catch(() => undefined)
    },
  }
}

/** Makes held photos one PDF, in their order. Resolves with the sentence of what was wrong; "" where there is none, null when it is made. */
export function placeTogether(held: readonly Sending[], name: string): Promise<string | null> {
  return place({ uploadIds: held.flatMap(({ uploadId }) => uploadId ?? []), together: name })
}

async function place(body: unknown, signal?: AbortSignal): Promise<string | null> {
  const answer = await fetch("/api/own-files", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal }).catch(() => null)
  if (answer?.ok) return null
  return (answer && problemIn(await answer.text())) ?? ""
}

/** SHA-256 in hexadecimal; "" where the browser has no means for it. Throws when the file changed: a browser does not read another file under the same name. */
async function digest(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  if (!("subtle" in crypto)) return ""
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Worth another try: no answer at all, the place in the file, or trouble of the server that passes. */
function isPassing(error: Error | DetailedError): boolean {
  const status = "originalResponse" in error ? (error.originalResponse?.getStatus() ?? 0) : 0
  const body = "originalResponse" in error ? (error.originalResponse?.getBody() ?? "") : ""
  return status === 0 || status === 400 || status === 502 || status === 503 || status === 504 || body.includes('"upload-offset"')
}

function sentenceOf(error: Error | DetailedError, changed: string): string {
  if (/NotReadable|could not be read/i.test(String(error))) return changed
  return ("originalResponse" in error && error.originalResponse && problemIn(error.originalResponse.getBody())) || ""
}
