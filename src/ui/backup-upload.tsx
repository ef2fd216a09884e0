"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useEffect, useRef, useState } from "react"
import type { BackupStep } from "./backup-sending.ts"
import { filled } from "./filled.ts"
import { Progress } from "./progress.tsx"
import { sizeText } from "./sizes.ts"

type Word = "year" | "description" | "descriptionHint" | "file" | "fileHint" | "fileHintPlain" | "send" | "cancel" | "counting" | "sending" | "reading" | "done" | "doneLead" | "failed" | "none" | "tooLarge" | "left" | "seconds" | "minutes" | "hours"
type Props = { employerId: string; years: readonly number[]; year: number; limit: number; words: Readonly<Record<Word, string>> }

type State = BackupStep | { step: "idle" } | { step: "done" } | { step: "failed"; problem: string }

/** Sends a back-up: by tus where there is JavaScript, with its progress and the time left; else as a plain form. */
export function BackupUpload({ employerId, years, year, limit, words }: Props) {
  const router = useRouter()
  const [state, setState] = useState<State>({ step: "idle" })
  const sending = useRef<AbortController>(null)
  useEffect(() => () => sending.current?.abort(), [])
  const isBusy = "done" in state

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const file = form.get("bestand")
    if (!(file instanceof File) || file.name === "") return setState({ step: "failed", problem: words.none })
    if (file.size > limit) return setState({ step: "failed", problem: words.tooLarge })
    const stop = new AbortController()
    sending.current = stop
    setState({ step: "counting", done: 0, total: file.size, secondsLeft: null })
    const told = { employer: employerId, year: String(form.get("jaar")), description: String(form.get("omschrijving")) }
    const { sendBackup } = await import("./backup-sending.ts")
    const problem = await sendBackup(file, told, setState, stop.signal).catch(() => words.failed)
    if (stop.signal.aborted) return setState({ step: "idle" })
    setState(problem === null ? { step: "done" } : { step: "failed", problem: problem || words.failed })
    router.refresh()
  }

  return (
    <form className="form" method="post" action={`/api/backups/form?werkgever=${employerId}`} encType="multipart/form-data" onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label htmlFor="jaar">{words.year}</label>
        <span className="select">
          <select id="jaar" name="jaar" className="input" defaultValue={year}>
            {years.map((one) => <option key={one} value={one}>{one}</option>)}
          </select>
        </span>
      </div>
      <div className="field">
        <label htmlFor="omschrijving">{words.description}</label>
        <p className="hint" id="omschrijving-uitleg">{words.descriptionHint}</p>
        <input id="omschrijving" name="omschrijving" className="input" maxLength={200} aria-describedby="omschrijving-uitleg" />
      </div>
      <div className="field">
        <label htmlFor="bestand">{words.file}</label>
        <p className="hint" id="bestand-uitleg">{words.fileHint} <noscript>{words.fileHintPlain}</noscript></p>
        <input id="bestand" name="bestand" className="input" type="file" required aria-describedby="bestand-uitleg bestand-fout" aria-invalid={state.step === "failed"} />
        <p id="bestand-fout" role="alert" className="wrong">{state.step === "failed" ? state.problem : ""}</p>
      </div>
      {isBusy && <Progress label={words[state.step]} {...(state.step === "reading" ? {} : { done: state.done, total: state.total })} line={lineOf(state, words)} />}
      <p role="status" className={state.step === "done" ? "good" : "vh"}>{state.step === "done" ? `${words.done}. ${words.doneLead}` : isBusy ? words[state.step] : ""}</p>
      <div className="line-up actions">
        <button className="btn primary" aria-busy={isBusy || undefined} aria-disabled={isBusy || undefined}>{words.send}</button>
        {isBusy && <button type="button" className="btn" onClick={() => sending.current?.abort()}>{words.cancel}</button>}
      </div>
    </form>
  )
}

function lineOf({ step, done, total, secondsLeft }: BackupStep, words: Props["words"]): string {
  if (step === "reading") return sizeText(total)
  const amount = `${sizeText(done)} / ${sizeText(total)}`
  if (secondsLeft === null) return amount
  const [unit, count] = secondsLeft < 90 ? [words.seconds, secondsLeft] : secondsLeft < 5400 ? [words.minutes, secondsLeft / 60] : [words.hours, secondsLeft / 3600]
  return `${amount} · ${filled(words.left, { time: filled(unit, { count: Math.ceil(count) }) })}`
}
