import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { Upload, type DetailedError } from "tus-js-client"
import { isPassing, memory } from "./tus-sending.ts"
import { problemIn } from "./uploads.ts"

/** Where a back-up is that is being sent: its checksum is counted, its bytes leave, or the portal reads it. */
export type BackupStep = { step: "counting" | "sending" | "reading"; done: number; total: number; secondsLeft: number | null }

type Told = Readonly<Record<"employer" | "year" | "description", string>>

const address = "/api/backups"
/** One request holds so many bytes, so that none of them lasts longer than a server lets it. */
const perRequest = 16_000_000
const readAtOnce = 4_000_000

/**
 * Sends a back-up by the tus protocol: counts its checksum first, goes on where it was when a line broke or the page was left, and waits until the portal has read
 * it. Resolves with null when it is kept, or with the sentence of what was wrong, "" where there is none. Loaded only when somebody sends one.
 */
export async function sendBackup(file: File, told: Told, tell: (step: BackupStep) => void, signal: AbortSignal): Promise<string | null> {
  const sum = await countSum(file, (done, secondsLeft) => tell({ step: "counting", done, total: file.size, secondsLeft }), signal)
  const metadata = { filename: file.name.toWellFormed(), sha256: sum, ...told }
  const url = await send(file, metadata, (done, secondsLeft) => tell({ step: "sending", done, total: file.size, secondsLeft }), signal)
  if (typeof url !== "string") return url.problem
  tell({ step: "reading", done: file.size, total: file.size, secondsLeft: null })
  return outcomeOf(url, signal)
}

type Count = (done: number, secondsLeft: number | null) => void

/** SHA-256 in hexadecimal. A browser's own cannot count in pieces, and a file of gigabytes does not fit in memory. */
async function countSum(file: File, tell: Count, signal: AbortSignal): Promise<string> {
  const hash = sha256.create()
  const left = timeLeft(file.size)
  for (let at = 0; at < file.size; at += readAtOnce) {
    signal.throwIfAborted()
    hash.update(new Uint8Array(await file.slice(at, at + readAtOnce).arrayBuffer()))
    tell(Math.min(at + readAtOnce, file.size), left(at + readAtOnce))
  }
  return bytesToHex(hash.digest())
}

function send(file: File, metadata: Record<string, string>, tell: Count, signal: AbortSignal): Promise<string | { problem: string }> {
  const left = timeLeft(file.size)
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: address,
      metadata,
      chunkSize: perRequest,
      retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000, 40_000, 60_000],
      urlStorage: memory,
      fingerprint: () => Promise.resolve(["backup", metadata["employer"], metadata["year"], metadata["sha256"]].join("/")),
      removeFingerprintOnSuccess: true,
      onProgress: (sent) => tell(sent, left(sent)),
      onShouldRetry: isPassing,
      onError: (error) => resolve({ problem: sentenceOf(error) }),
      onSuccess: () => resolve(upload.url ?? ""),
    })
    signal.addEventListener("abort", () => {
      void upload.abort()
      reject(signal.reason)
    })
    void upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous)
      upload.start()
    })
  })
}

const everySecond = 1000

/** Asks how it went until the portal has read it. A line that breaks meanwhile is waited out. */
async function outcomeOf(url: string, signal: AbortSignal): Promise<string | null> {
  for (;;) {
    signal.throwIfAborted()
    const answer = await fetch(url, { signal }).catch(() => null)
    if (answer && !answer.ok) return problemIn(await answer.text()) ?? ""
    const state: unknown = answer ? await answer.json().catch(() => null) : null
    const word: unknown = typeof state === "object" && state !== null ? Reflect.get(state, "state") : null
    if (word === "kept") return null
    if (word === "refused") return ""
    await new Promise((resolve) => setTimeout(resolve, everySecond))
  }
}

/** How many seconds are left, going by what went since the beginning; null as long as that says nothing. */
function timeLeft(total: number): (done: number) => number | null {
  const since = performance.now()
  let first: number | undefined
  return (done) => {
    first ??= done
    const seconds = (performance.now() - since) / 1000
    return seconds < 2 || done <= first ? null : Math.max(0, Math.round((seconds / (done - first)) * (total - done)))
  }
}

function sentenceOf(error: Error | DetailedError): string {
  return ("originalResponse" in error && error.originalResponse && problemIn(error.originalResponse.getBody())) || ""
}
