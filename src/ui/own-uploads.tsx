"use client"

import { useRouter } from "next/navigation"
import { useId, useRef, useState } from "react"
import { DropView, type UploadLabels } from "./upload-drop.tsx"
import { type Tell, useUploads } from "./uploads.ts"

type Props = {
  limit: number
  accept: string
  hint: string
  labels: UploadLabels
  own: Record<"camera" | "together" | "togetherHint" | "pdfName" | "make" | "changed", string>
}

/** Where own files are added: dropped, chosen, or taken with the camera; each becomes a file, or photos wait here to become one PDF. */
export function OwnUploads({ limit, accept, hint, labels, own }: Props) {
  const router = useRouter()
  const [hold, setHold] = useState(false)
  const [name, setName] = useState("")
  const [problem, setProblem] = useState("")
  const [making, setMaking] = useState(false)
  const holds = useRef(false)
  const id = useId()
  const uploads = useUploads({ url: "/api/uploads", limit, labels, how: (file, tell) => send(file, tell, holds.current, { changed: own.changed, failed: labels.failed }), letGo, whenDone: () => router.refresh() })
  const held = uploads.sendings.filter((one) => one.state === "waiting")

  async function make() {
    setMaking(true)
    const { placeTogether } = await import("./tus-sending.ts")
    const wrong = await placeTogether(held, name.trim())
    setMaking(false)
    setProblem(wrong === null ? "" : wrong || labels.failed)
    if (wrong === null) {
      uploads.settle(held.map((one) => one.id))
      setName("")
    }
  }

  return (
    <div className="drop-own">
      <DropView uploads={uploads} accept={accept} hint={hint} labels={labels} camera={own.camera} keepDone={false}>
        <div className="form">
          <label className="check">
            <input type="checkbox" checked={hold} onChange={(event) => { holds.current = event.target.checked; setHold(event.target.checked) }} />
            <span>
              {own.together}
              {hold && <span className="hint">{own.togetherHint}</span>}
            </span>
          </label>
          {held.length > 0 && (
            <>
              <div className="field">
                <label htmlFor={id}>{own.pdfName}</label>
                <input id={id} className="input" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} aria-invalid={problem !== ""} aria-describedby={`${id}-fout`} />
              </div>
              <button type="button" className="btn primary" aria-busy={making} aria-disabled={making || name.trim() === ""} onClick={() => { if (!making && name.trim()) void make() }}>{own.make}</button>
            </>
          )}
          <p id={`${id}-fout`} role="alert" className="wrong">{problem}</p>
        </div>
      </DropView>
    </div>
  )
}

/** The code that sends comes when there is something to send. */
function send(file: File, tell: Tell, hold: boolean, { changed, failed }: { changed: string; failed: string }) {
  let sending: { abort: () => void; pause: () => void } | undefined
  let stopped = false
  void import("./tus-sending.ts").then(
    ({ sendByTus }) => { if (!stopped) sending = sendByTus(file, tell, { hold, changed }) },
    () => tell.failed(failed),
  )
  return { abort: () => { stopped = true; sending?.abort() }, pause: () => { stopped = true; sending?.pause() } }
}

function letGo(uploadId: string): void {
  void import("./tus-sending.ts").then(({ takeAway }) => takeAway(uploadId))
}
