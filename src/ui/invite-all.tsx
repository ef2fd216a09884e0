import { getTranslations } from "next-intl/server"
import type { RosterCounts } from "#domain/parties/list-employees.ts"
import { INVITED_WITH_ALL } from "#policy/access-states.ts"
import { ROSTER_STATES } from "#policy/roster-states.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import type { FormAction } from "./delivery-words.ts"

type Props = { counts: RosterCounts; kind: "employer" | "employee"; action: FormAction; fields: Readonly<Record<string, string>> }

/** "Nodig iedereen uit": says first how many get a mail, and how many do not and why. Nothing where nobody is to be invited. */
export async function InviteAll({ counts, kind, action, fields }: Props) {
  const t = await getTranslations("inviteAll")
  const states = await getTranslations("roster.state")
  const invited = INVITED_WITH_ALL.reduce((total, state) => total + counts[state], 0)
  if (invited === 0) return null
  const others = ROSTER_STATES.filter((state) => counts[state] > 0 && !INVITED_WITH_ALL.some((one) => one === state))
  return (
    <ConfirmForm id="nodig-iedereen-uit" trigger={t("button")} title={t("title", { count: invited, kind })} sure={t("sure", { count: invited })} action={action} fields={fields}>
      <p>{t("lead", { count: invited, kind })}</p>
      {others.length > 0 && (
        <>
          <p>{t("others")}</p>
          <ul>
            {others.map((state) => (
              <li key={state}>{t("other", { count: counts[state], state: states(state, { kind }) })}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmForm>
  )
}
