import { getTranslations } from "next-intl/server"
import type { AskingEmployer } from "#domain/moves/accept-employer.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { dayText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { Notice } from "./notice.tsx"

/** The employers that ask this office to take them over, each with a yes and a no. Nothing when there are none. */
export async function AskingEmployers({ employers, acceptAction, declineAction }: { employers: readonly AskingEmployer[]; acceptAction: FormAction; declineAction: FormAction }) {
  const t = await getTranslations("move")
  return (
    <>
      {employers.map(({ id, employerName: name, askedAt }) => (
        <Notice key={id} still kind="wait" title={t("asks", { name })}>
          <p>{t("asksLead", { name, at: dayText(askedAt) })}</p>
          <div className="line-up">
            <ConfirmForm id={`ja-${id}`} look="primary" trigger={t("accept")} label={t("acceptOf", { name })} title={t("acceptTitle", { name })} sure={t("accept")} action={acceptAction} fields={{ moveId: id }}>
              <p>{t("acceptLead", { name })}</p>
            </ConfirmForm>
            <ConfirmForm id={`nee-${id}`} trigger={t("decline")} label={t("declineOf", { name })} title={t("declineTitle", { name })} sure={t("decline")} action={declineAction} fields={{ moveId: id }}>
              <p>{t("declineLead", { name })}</p>
            </ConfirmForm>
          </div>
        </Notice>
      ))}
    </>
  )
}
