import { getTranslations } from "next-intl/server"
import type { ApprovalEntry, ApprovalView } from "#domain/approvals/view-approval.ts"
import { ActionForm } from "./action-form.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { TextField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"

const looks = { laid: "wait", note: "past", approved: "good", refused: "bad", withdrawn: "past" } as const

/** What was asked, said and answered about a delivery, by name and time, round after round; the same for office and employer, who may say more. */
export async function ApprovalHistory({ deliveryId, approval, addNote }: { deliveryId: string; approval: ApprovalView; addNote: FormAction }) {
  const t = await getTranslations("approval")
  if (approval.rounds.length === 0) return null
  return (
    <ListSection id="akkoord" title={t("history")} remark={t("rounds", { count: approval.rounds.length })}>
      {approval.rounds.map((round) => (
        <section key={round.id} aria-label={t("round", { number: round.number })}>
          <h3>{t("round", { number: round.number })}</h3>
          <ol className="talk">
            {round.entries.map((entry) => <Entry key={entry.id} entry={entry} />)}
          </ol>
          {round.hasLapsed && <p className="wrong">{t("lapsed")}</p>}
        </section>
      ))}
      {approval.mayNote && (
        <ActionForm action={addNote} label={t("note")} key={approval.rounds.flatMap((round) => round.entries).length}>
          <input type="hidden" name="deliveryId" value={deliveryId} />
          <TextField name="comment" label={t("note")} hint={t("noteHint")} rows={3} maxLength={2000} />
          <SubmitButton look="quiet">{t("addNote")}</SubmitButton>
        </ActionForm>
      )}
    </ListSection>
  )
}

async function Entry({ entry }: { entry: ApprovalEntry }) {
  const t = await getTranslations("approval")
  return (
    <li>
      <p className="tags">
        <Tag state={looks[entry.kind]}>{t(`entries.${entry.kind}`)}</Tag>
        <span>
          {entry.name} · <time dateTime={entry.at.toISOString()}>{momentText(entry.at)}</time>
        </span>
      </p>
      {entry.comment && <p className="said">{entry.comment}</p>}
    </li>
  )
}
