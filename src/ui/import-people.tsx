"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, type SyntheticEvent, useState } from "react"
import type { ActionState } from "#auth/action-state.ts"
import type { ImportLook, ImportPreview } from "#domain/parties/import-people.ts"
import type { ListColumns } from "#domain/parties/read-people-list.ts"
import type { FileSource } from "#domain/reading/reading-jobs.ts"
import { ActionForm } from "./action-form.tsx"
import { ImportColumns } from "./import-columns.tsx"
import { ImportOutcome } from "./import-outcome.tsx"
import { Notice } from "./notice.tsx"
import { SameFile } from "./same-file.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Action<Result> = (before: ActionState<Result>, form: FormData) => Promise<ActionState<Result>>

/** What the first step came to, and for whom and what kind of file. */
type Seen = ImportLook & { source: FileSource; employerId: string }

type Props = {
  preview: Action<Seen>
  store: Action<{ added: number; changed: number }>
  /** In bytes, and the same in words; a larger file is refused before it is sent. */
  limit: number
  limitText: string
  /** Where one goes after it. */
  links: ReactNode
  /** The fields of the first step, made by the server. */
  children: ReactNode
}

/**
 * Brings in people in two steps on one page: what a file would change, and then doing it; with a list whose columns are not clear, those come in between.
 * Meanwhile the file stays in the browser;
 * without JavaScript it is chosen again, and its fingerprint tells whether it is the same.
 */
export function ImportPeople(props: Props) {
  const [round, setRound] = useState(0)
  return <Round key={round} {...props} again={() => setRound(round + 1)} />
}

function Round({ preview, store, limit, limitText, links, children, again }: Props & { again: () => void }) {
  const t = useTranslations("importPeople")
  const [file, setFile] = useState<File>()
  const [tooLarge, setTooLarge] = useState(false)

  function remember({ target }: SyntheticEvent) {
    if (!(target instanceof HTMLInputElement)) return
    const chosen = target.type === "file" ? target.files?.[0] : undefined
    if (!chosen) return
    chooseKind(target, chosen)
    setTooLarge(chosen.size > limit)
    setFile(chosen)
    if (chosen.size > limit) target.value = ""
  }

  const other = <button type="button" className="btn" onClick={again}>{t("again")}</button>
  const next = (seen: Seen) => (
    <Next
      seen={seen}
      file={file}
      preview={preview}
      store={store}
      other={other}
      next={next}
      done={({ added, changed }) => (
        <div className="stack full">
          <Notice kind="good" title={t("done")}>
            <p>{t("doneLead", { added, changed })}</p>
          </Notice>
          <div className="line-up">{links}{other}</div>
        </div>
      )}
    />
  )
  return (
    <ActionForm action={preview} done={next}>
      <div className="form" onChange={remember}>
        {children}
      </div>
      {tooLarge && <p className="wrong" role="alert"><i className="icon icon-bad small" aria-hidden="true" />{t("tooLarge", { limit: limitText })}</p>}
      <SubmitButton>{t("preview")}</SubmitButton>
    </ActionForm>
  )
}

type NextProps = Pick<Props, "preview" | "store"> & {
  seen: Seen
  file: File | undefined
  other: ReactNode
  next: (seen: Seen) => ReactNode
  done: (stored: { added: number; changed: number }) => ReactNode
}

/** The columns of a list, where they are to be told; else what would change, from where one may go back to the columns. */
function Next({ seen, file, preview, store, other, next, done }: NextProps) {
  const t = useTranslations("importPeople")
  const [adjusts, setAdjusts] = useState(false)
  const columns = seen.columns ?? (adjusts ? seen.preview?.columns : null)
  const sameFile = (
    <>
      <input type="hidden" name="source" value={seen.source} />
      {seen.employerId && <input type="hidden" name="employerId" value={seen.employerId} />}
      <SameFile file={file} label={t("chooseAgain")} />
    </>
  )
  if (columns) {
    return (
      <ActionForm key="columns" action={preview} className="stack full" done={next}>
        <ImportColumns seen={columns} />
        {sameFile}
        <div className="line-up">
          <SubmitButton>{t("preview")}</SubmitButton>
          {columns.sheets.length > 1 && <SubmitButton look="quiet" name="adjust" value="yes">{t("showSheet")}</SubmitButton>}
          {other}
        </div>
      </ActionForm>
    )
  }
  if (!seen.preview) return null
  return (
    <ActionForm key="outcome" action={store} className="stack full" done={done}>
      <ImportOutcome preview={seen.preview}>
        <input type="hidden" name="fingerprint" value={seen.preview.fingerprint} />
        <noscript>
          <input type="hidden" name="plain" value="yes" />
        </noscript>
        {seen.preview.columns && <SameColumns columns={seen.preview.columns} />}
        {sameFile}
        <div className="line-up">
          {changes(seen.preview) && <SubmitButton>{t("store")}</SubmitButton>}
          {seen.preview.columns && <button type="button" className="btn quiet" onClick={() => setAdjusts(true)}>{t("adjust")}</button>}
          {other}
        </div>
      </ImportOutcome>
    </ActionForm>
  )
}

/** The columns as they were read, to be stored so. */
function SameColumns({ columns: { columns, sheet } }: { columns: ListColumns }) {
  return (
    <>
      <input type="hidden" name="sheet" value={sheet ?? ""} />
      {columns.map(({ field }, index) => <input key={index} type="hidden" name="column" value={field ?? ""} />)}
    </>
  )
}

/** The kind of file that a name tells, as the choice above it has it. */
const kinds: readonly [RegExp, string][] = [[/\.xml$/i, "wage-tax-return"], [/\.xls[xm]?$/i, "xlsx"], [/\.(csv|txt)$/i, "csv"]]

function chooseKind({ form }: HTMLInputElement, { name }: File) {
  const kind = kinds.find(([ending]) => ending.test(name))?.[1]
  const choice = form?.querySelector<HTMLInputElement>(`input[name="source"][value="${kind}"]`)
  if (choice) choice.checked = true
}

function changes({ added, changed, doubtful, returning, gone }: ImportPreview): boolean {
  return added.count + changed.count + doubtful.count + returning.count + gone.count > 0
}
