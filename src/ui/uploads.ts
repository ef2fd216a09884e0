import { useEffect, useReducer, useRef } from "react"
import { filled } from "./filled.ts"
import { sizeText } from "./sizes.ts"

export type Sending = {
  id: number
  file: File
  state: "queued" | "sending" | "processing" | "waiting" | "done" | "failed" | "stopped"
  /** While it is held for something else, the id of its upload. */
  uploadId?: string
  /** Bytes that have left. */
  sent: number
  /** A sentence for the user, when it failed. */
  problem?: string
}

/** What a way of sending tells as it goes; an empty sentence is the general one. */
export type Tell = { sent: (bytes: number) => void; processing: () => void; done: () => void; waiting: (uploadId: string) => void; failed: (sentence: string) => void }

/** A sending under way. `pause` is for what can be gone on with later, when the page is left. */
type Request = { abort: () => void; pause?: () => void }

type Options = {
  /** Another way of sending than one POST of the bytes to `url`. */
  how?: (file: File, tell: Tell) => Request
  /** What was held is not wanted any more. */
  letGo?: (uploadId: string) => void
  url: string
  /** What is said with each file, as it stands when that is sent. */
  said?: () => string
  limit: number
  labels: Record<"failed" | "tooLarge", string>
  /** Called when nothing is left to send, and something arrived: a page that is asked again over a broken line is lost. */
  whenDone: () => void
}

const atOnce = 2

/** Sends files one after another, two at a time, and tells how far each is. Leaving the page stops what is under way, or pauses what can be paused. */
export function useUploads({ url, limit, labels, whenDone, said, how, letGo }: Options) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const list = useRef<Sending[]>([])
  const requests = useRef(new Map<number, Request>())
  const lastId = useRef(0)
  const isNew = useRef(false)

  useEffect(() => {
    const underWay = requests.current
    return () => underWay.forEach((request) => (request.pause ? request.pause() : request.abort()))
  }, [])

  function change(id: number, part: Partial<Sending>) {
    list.current = list.current.map((one) => (one.id === id ? { ...one, ...part } : one))
    redraw()
  }

  function finish(id: number, part: Partial<Sending>) {
    requests.current.delete(id)
    change(id, part)
    startNext()
    isNew.current ||= part.state === "done"
    if (requests.current.size > 0 || !isNew.current) return
    isNew.current = false
    whenDone()
  }

  function startNext() {
    const next = list.current.find((one) => one.state === "queued")
    if (!next || requests.current.size >= atOnce) return
    change(next.id, { state: "sending", sent: 0 })
    requests.current.set(next.id, how ? how(next.file, tellOf(next.id)) : post(next))
    startNext()
  }

  function tellOf(id: number): Tell {
    const isOn = () => requests.current.has(id)
    return {
      sent: (bytes) => void (isOn() && change(id, { sent: bytes })),
      processing: () => void (isOn() && change(id, { state: "processing" })),
      done: () => void (isOn() && finish(id, { state: "done" })),
      waiting: (uploadId) => void (isOn() && finish(id, { state: "waiting", uploadId })),
      failed: (sentence) => void (isOn() && finish(id, { state: "failed", problem: sentence || labels.failed })),
    }
  }

  function post({ id, file }: Sending): XMLHttpRequest {
    const request = new XMLHttpRequest()
    request.open("POST", url)
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream")
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.toWellFormed()))
    if (said) request.setRequestHeader("X-Note", encodeURIComponent(said().toWellFormed()))
    request.upload.onprogress = (event) => change(id, { sent: event.loaded })
    request.upload.onload = () => change(id, { state: "processing", sent: file.size })
    request.onload = () => finish(id, request.status < 300 ? { state: "done" } : { state: "failed", problem: problemIn(request.responseText) ?? labels.failed })
    request.onerror = () => finish(id, { state: "failed", problem: labels.failed })
    request.onabort = () => finish(id, { state: "stopped" })
    request.send(file)
    return request
  }

  return {
    sendings: list.current,
    add(files: readonly File[]) {
      const fresh = files.map((file): Sending => {
        const fits = file.size <= limit
        return { id: (lastId.current += 1), file, sent: 0, state: fits ? "queued" : "failed", problem: fits ? undefined : filled(labels.tooLarge, { limit: sizeText(limit) }) }
      })
      list.current = [...list.current, ...fresh]
      redraw()
      startNext()
    },
    stop(id: number) {
      const request = requests.current.get(id)
      const held = list.current.find((one) => one.id === id && one.state === "waiting")?.uploadId
      request?.abort()
      if (held !== undefined) letGo?.(held)
      if (!request || how) finish(id, { state: "stopped" })
    },
    /** What was held has gone where it was held for. */
    settle(ids: readonly number[]) {
      for (const id of ids) change(id, { state: "done" })
      whenDone()
    },
    retry(id: number) {
      const one = list.current.find((sending) => sending.id === id)
      if (!one || one.file.size > limit) return
      change(id, { state: "queued", sent: 0, problem: undefined })
      startNext()
    },
  }
}

/** The sentence in an error answer, {code, message}. */
export function problemIn(answer: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(answer)
    return typeof parsed === "object" && parsed !== null && "message" in parsed && typeof parsed.message === "string" ? parsed.message : undefined
  } catch {
    return undefined
  }
}
