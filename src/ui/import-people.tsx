"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, type SyntheticEvent, useState } from "react"
import type { ActionState } from "#auth/action-state.ts"
import type { ImportPreview } from "#domain/parties/import-people.ts"
import type { FileSource } from "#domain/reading/reading-jobs.ts"
import { ActionForm } from "./action-form.tsx"
import { ImportOutcome } from "./import-outcome.tsx"
import { Notice } from "./notice.tsx"
import { SameFile } from "./same-file.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Action<Result> = (before: ActionState<Result>, form: FormData) => Promise<ActionState<Result>>

type Props = {
  preview: Action<ImportPreview & { source: FileSource }>
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
 * Brings in people in two steps on one page: what a file would change, and then doing it. Between the two the file stays in the browser;
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
    setTooLarge(chosen.size > limit)
    setFile(chosen)
    if (chosen.size > limit) target.value = ""
  }

  const other = <button type="button" className="btn" onClick={again}>{t("again")}</button>
  return (
    <ActionForm
      action={preview}
      done={(seen) => (
        <ActionForm
          action={store}
          className="stack full"
          done={({ added, changed }) => (
            <div className="stack full">
              <Notice kind="good" title={t("done")}>
                <p>{t("doneLead", { added, changed })}</p>
              </Notice>
              <div className="line-up">{links}{other}</div>
            </div>
          )}
        >
          <ImportOutcome preview={seen}>
            <input type="hidden" name="source" value={seen.source} />
            <input type="hidden" name="employerId" value={seen.employer.id} />
            <input type="hidden" name="fingerprint" value={seen.fingerprint} />
            <noscript>
              <input type="hidden" name="plain" value="yes" />
            </noscript>
            {changes(seen) && <SameFile file={file} label={t("chooseAgain")} />}
            <div className="line-up">
              {changes(seen) && <SubmitButton>{t("store")}</SubmitButton>}
              {other}
            </div>
          </ImportOutcome>
        </ActionForm>
      )}
    >
      <div className="form" onChange={remember}>
        {children}
      </div>
      {tooLarge && <p className="wrong" role="alert"><i className="icon icon-bad small" aria-hidden="true" />{t("tooLarge", { limit: limitText })}</p>}
      <SubmitButton>{t("preview")}</SubmitButton>
    </ActionForm>
  )
}

function changes({ added, changed, doubtful }: ImportPreview): boolean {
  return added.count + changed.count + doubtful.count > 0
}
