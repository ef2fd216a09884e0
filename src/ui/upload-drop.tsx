"use client"

import { useRouter } from "next/navigation"
import { type ComponentProps, type DragEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { filled } from "./filled.ts"
import { sizeText } from "./sizes.ts"
import { type Sending, useUploads } from "./uploads.ts"

export type UploadLabels = Record<"drop" | "dropHere" | "choose" | "queued" | "processing" | "waiting" | "done" | "failed" | "stopped" | "cancel" | "retry" | "tooLarge" | "summary", string>

type Props = {
  /** Where each file is POSTed, its bytes as the body and its name, encoded, in `X-File-Name`. */
  url: string
  /** As of <input accept>: "application/pdf". */
  accept?: string
  multiple?: boolean
  /** In bytes; a larger file is refused before it is sent. */
  limit?: number
  hint?: string
  labels: UploadLabels
  /** Words that go along with each file, encoded, in `X-Note`. */
  note?: { label: string; hint: string; optional: string; most: number }
  /** Whether a file that arrived stays in this list after the last one did; false where the page then shows it elsewhere. */
  keepDone?: boolean
}

/** A place to drop or choose files. Each is sent with true progress, can be stopped and tried again; after the last one the page is asked again. */
export function UploadDrop({ url, limit = Infinity, labels, note, ...looks }: Props) {
  const router = useRouter()
  const said = useRef<HTMLTextAreaElement>(null)
  const uploads = useUploads({ url, limit, labels, whenDone: () => router.refresh(), said: () => said.current?.value ?? "" })
  return (
    <>
      {note && (
        <div className="field">
          <label htmlFor="toelichting">{note.label} <span className="hint">{note.optional}</span></label>
          <p className="hint" id="toelichting-hint">{note.hint}</p>
          <textarea id="toelichting" ref={said} className="input" rows={3} maxLength={note.most} aria-describedby="toelichting-hint" />
        </div>
      )}
      <DropView {...looks} labels={labels} uploads={uploads} />
    </>
  )
}

type ViewProps = Omit<Props, "url" | "limit" | "note"> & {
  uploads: ReturnType<typeof useUploads>
  /** What the button says that opens a phone's camera; left out: no such button. */
  camera?: string
  /** What stands between the place to drop and the list. */
  children?: ReactNode
}

/** The place to drop and the list under it. */
export function DropView({ uploads, accept, multiple = true, hint, labels, keepDone = true, camera, children }: ViewProps) {
  const { sendings, add, stop, retry } = uploads
  const [over, setOver] = useState(false)
  const isUnderWay = sendings.some(({ state }) => state === "queued" || state === "sending" || state === "processing")
  const listed = keepDone || isUnderWay ? sendings : sendings.filter((one) => one.state !== "done")

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files]
    add(multiple ? files : files.slice(0, 1))
  }

  return (
    <div>
      <div
        className={over ? "drop over" : "drop"}
        onDrop={drop}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) setOver(false) }}
      >
        <i className="icon icon-upload" aria-hidden="true" />
        <p className="drag">{over ? labels.dropHere : labels.drop}</p>
        {camera && <FileButton look="btn camera" accept="image/*" capture="environment" onFiles={add}>{camera}</FileButton>}
        <FileButton accept={accept} multiple={multiple} onFiles={add}>{labels.choose}</FileButton>
        {hint && <p className="hint">{hint}</p>}
      </div>
      {children}
      <p role="status" className="hint">
        {listed.length > 0 && filled(labels.summary, { done: sendings.filter(({ state }) => state === "done" || state === "waiting").length, total: sendings.length })}
      </p>
      {listed.length > 0 && (
        <ul className="sent">
          {listed.map((sending) => (
            <Line key={sending.id} sending={sending} labels={labels} stop={stop} retry={retry} />
          ))}
        </ul>
      )}
    </div>
  )
}

type FileButtonProps = Pick<ComponentProps<"input">, "accept" | "multiple" | "capture"> & { look?: string; onFiles: (files: File[]) => void; children: string }

/** Opens the window to choose files. What was chosen before the page came to life counts too: on a slow line that is seconds. */
function FileButton({ look = "btn", onFiles, children, ...field }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  function take() {
    const files = [...(input.current?.files ?? [])]
    if (input.current) input.current.value = ""
    if (files.length > 0) onFiles(files)
  }
  useEffect(take, [])
  return (
    <label className={look}>
      {children}
      <input {...field} ref={input} className="vh" type="file" onChange={take} />
    </label>
  )
}

function Line({ sending, labels, stop, retry }: { sending: Sending; labels: UploadLabels; stop: (id: number) => void; retry: (id: number) => void }) {
  const { id, file, state, sent, problem } = sending
  const moves = state === "queued" || state === "sending" || state === "processing"
  const busy = moves || state === "waiting"
  const again = state === "failed" || state === "stopped"
  return (
    <li>
      <span>
        <b>{file.name}</b>
        <span className={state === "failed" ? "wrong" : "hint"}>{problem ?? (state === "sending" ? `${sizeText(sent)} / ${sizeText(file.size)}` : `${labels[state]} · ${sizeText(file.size)}`)}</span>
      </span>
      {busy && <button type="button" className="act icon-close" title={labels.cancel} aria-label={`${labels.cancel}: ${file.name}`} onClick={() => stop(id)} />}
      {again && <button type="button" className="btn" aria-label={`${labels.retry}: ${file.name}`} onClick={() => retry(id)}>{labels.retry}</button>}
      {state === "done" && <i className="icon icon-good good" aria-hidden="true" />}
      {moves && <progress aria-label={file.name} max={Math.max(file.size, 1)} value={state === "processing" ? undefined : sent} />}
    </li>
  )
}
