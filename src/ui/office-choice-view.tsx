import { getTranslations } from "next-intl/server"
import type { OfficeChoice } from "#domain/moves/ask-office.ts"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field } from "./field.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { choice: OfficeChoice; chooseAction: FormAction; confirmAction: FormAction; withdrawAction: FormAction }

/** "Administratiekantoor": which one works for this employer, and asking another one, in three steps that are each a form. */
export async function OfficeChoiceView({ choice: { officeName, move }, chooseAction, confirmAction, withdrawAction }: Props) {
  const t = await getTranslations("move")
  return (
    <>
      <PageHead title={t("title")} lead={officeName ? t("now", { office: officeName }) : t("none")} back={{ href: "/werkgever", label: t("back") }} />
      <div className="stack full">
        {!move && (
          <ActionForm action={chooseAction} label={t("choose")}>
            <Field name="clientNumber" short label={t("clientNumber")} hint={t("clientNumberHint")} autoComplete="off" />
            <SubmitButton>{t("choose")}</SubmitButton>
          </ActionForm>
        )}
        {move && !move.isAsked && (
          <Notice kind="wait" title={t("confirmTitle", { office: move.officeName })}>
            <Consequences officeName={officeName} newOffice={move.officeName} />
            <div className="line-up">
              <ActionForm action={confirmAction} className="inline" label={t("ask")}>
                <input type="hidden" name="moveId" value={move.id} />
                <SubmitButton>{t("ask")}</SubmitButton>
              </ActionForm>
              <Withdraw id={move.id} action={withdrawAction} words={t("other")} />
            </div>
          </Notice>
        )}
        {move?.isAsked && (
          <Notice kind="wait" title={t("asked", { office: move.officeName })}>
            <p>{officeName ? t("askedLead", { office: officeName }) : t("askedLeadNone")}</p>
            <Withdraw id={move.id} action={withdrawAction} words={t("withdraw")} />
          </Notice>
        )}
      </div>
    </>
  )
}

async function Consequences({ officeName, newOffice }: { officeName: string | null; newOffice: string }) {
  const t = await getTranslations("move")
  return (
    <ul>
      <li>{t("consequences.accepts", { office: newOffice })}</li>
      {officeName && <li>{t("consequences.former", { office: officeName })}</li>}
      <li>{t("consequences.unsent")}</li>
      <li>{t("consequences.sees", { office: newOffice })}</li>
      <li>{t("consequences.keep")}</li>
    </ul>
  )
}

function Withdraw({ id, action, words }: { id: string; action: FormAction; words: string }) {
  return (
    <ActionForm action={action} className="inline" label={words}>
      <input type="hidden" name="moveId" value={id} />
      <SubmitButton look="quiet">{words}</SubmitButton>
    </ActionForm>
  )
}
