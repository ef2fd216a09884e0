import { defaultOptions, Upload, type DetailedError, type UrlStorage } from "tus-js-client"
import { problemIn, type Sending, type Tell } from "./uploads.ts"

const address = "/api/uploads"

/** A browser hashes only on a page that came by https, or from this machine. */
const canHash = "subtle" in crypto

/** What a browser remembers of an upload, to go on with it: its address, and nothing of what it is called. */
export const memory: UrlStorage = {
  findAllUploads: () => defaultOptions.urlStorage.findAllUploads(),
  findUploadsByFingerprint: (fingerprint) => defaultOptions.urlStorage.findUploadsByFingerprint(fingerprint),
  removeUpload: (key) => defaultOptions.urlStorage.removeUpload(key),
  addUpload: (fingerprint, upload) => defaultOptions.urlStorage.addUpload(fingerprint, { ...upload, metadata: {} }),
}

/**
 * Sends a file by the tus protocol: a line that breaks is tried again from where it was, for about two minutes and whenever "retry" is pressed, also
 * after the page was left or loaded anew. Then the file is placed, or held with its id for a PDF. Loaded only when somebody uploads.
 */
export function sendByTus(file: File, tell: Tell, { hold, changed }: { hold: boolean; changed: string }): { abort: () => void; pause: () => void } {
  const placing = new AbortController()
  let stopped = false
  const upload = new Upload(file, {
    endpoint: address,
    metadata: { filename: file.name.toWellFormed() },
    retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000, 40_000, 60_000],
    urlStorage: memory,
    storeFingerprintForResuming: canHash,
    fingerprint: () => sha256Of(new TextEncoder().encode(["own-file", file.name, file.type, file.size, file.lastModified].join("/"))),
    onProgress: (sent) => tell.sent(sent),
    onShouldRetry(error) {
      void file.slice(0, 1).arrayBuffer().catch(stopAsChanged)
      return isPassing(error)
    },
    onError: (error) => tell.failed(sentenceOf(error, changed)),
    onSuccess: () => void finish(),
  })

  const previousOnes = async () => (canHash ? upload.findPreviousUploads() : [])

  async function finish() {
    const uploadId = upload.url?.split("/").pop() ?? ""
    if (hold) return tell.waiting(uploadId)
    tell.processing()
    const sha256 = await file.arrayBuffer().then(sha256Of).catch(() => null)
    if (sha256 === null) return tell.failed(changed)
    const problem = await place({ uploadIds: [uploadId], sha256: sha256 || null }, placing.signal)
    if (problem !== null) return tell.failed(problem)
    tell.done()
    for (const { urlStorageKey } of await previousOnes()) await memory.removeUpload(urlStorageKey)
  }

  void previousOnes().then(([previous]) => {
    if (stopped) return
    if (previous) upload.resumeFromPreviousUpload(previous)
    upload.start()
  })
  const end = (isGone: boolean) => {
    stopped = true
    placing.abort()
    void upload.abort(isGone).catch(() => undefined)
  }

  /** Of a file that changed nothing more can be read, and what was read is of no use. A line that breaks is how it shows first. */
  function stopAsChanged() {
    end(true)
    tell.failed(changed)
  }

  return { abort: () => end(true), pause: () => end(false) }
}

/** Takes away what is held. */
export async function takeAway(uploadId: string): Promise<void> {
  await fetch(`${address}/${uploadId}`, { method: "DELETE" }).catch(() => undefined)
}

/** Makes held photos one PDF, in their order. Resolves with the sentence of what was wrong; "" where there is none, null when it is made. */
export function placeTogether(held: readonly Sending[], name: string): Promise<string | null> {
  return place({ uploadIds: held.flatMap(({ uploadId }) => uploadId ?? []), together: name })
}

const pauses = [1000, 3000, 5000, 10_000, 20_000, 40_000]

/** Places uploads. Asked twice is placed once, so a line that breaks is tried again. */
async function place(body: unknown, signal?: AbortSignal): Promise<string | null> {
  for (const pause of [...pauses, null]) {
    const answer = await fetch("/api/own-files", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal }).catch(() => null)
    if (answer?.ok) return null
    if (answer || pause === null || signal?.aborted) return (answer && problemIn(await answer.text())) ?? ""
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return ""
}

/** SHA-256 in hexadecimal; "" where the browser has no means for it. Reading a file that changed throws: a browser does not read another one under its name. */
async function sha256Of(bytes: BufferSource): Promise<string> {
  if (!canHash) return ""
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Worth another try: no answer at all, the place in the file, or trouble of the server that passes. */
export function isPassing(error: Error | DetailedError): boolean {
  const status = "originalResponse" in error ? (error.originalResponse?.getStatus() ?? 0) : 0
  const body = "originalResponse" in error ? (error.originalResponse?.getBody() ?? "") : ""
  return status === 0 || status === 400 || status === 502 || status === 503 || status === 504 || body.includes('"upload-offset"')
}

function sentenceOf(error: Error | DetailedError, changed: string): string {
  if (/NotReadable|could not be read/i.test(String(error))) return changed
  return ("originalResponse" in error && error.originalResponse && problemIn(error.originalResponse.getBody())) || ""
}
