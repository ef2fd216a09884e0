import { getTranslations } from "next-intl/server"
import type { AccessView } from "#domain/invitations/view-access.ts"
import type { AccessState } from "#policy/access-states.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import { ContactEmail, type ContactEmailAction } from "./contact-email.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { Tag } from "./tag.tsx"

type Props = { access: AccessView; name: string; actions: Record<keyof AccessView["may"], FormAction>; changeEmailAction: ContactEmailAction }

const looks = {
  ...{ active: "good", invited: "wait", delivered: "wait", "not-invited": "past", withdrawn: "past" },
  ...{ "no-email": "bad", bounced: "bad", expired: "bad", "tries-used": "bad", blocked: "bad" },
} as const satisfies Record<AccessState, "good" | "wait" | "past" | "bad">

/**
 * "Toegang": how it stands with getting in, since when, what to do next, the buttons for that, and the address for who may change it. When something changed the
 * buttons are new ones, so that the question that was answered closes.
 */
export async function AccessSection({ access: { partyId, state, since, may, email, mayChangeEmail }, name, actions, changeEmailAction }: Props) {
  const t = await getTranslations("accessNow")
  const again = state === "not-invited" ? "invite" : "inviteAgain"
  const ask = (what: keyof Props["actions"], words: "invite" | "inviteAgain" | "withdraw" | "block" | "unblock") => (
    <ConfirmForm id={`toegang-${what}`} trigger={t(`${words}.button`)} look={what === "block" ? "danger" : "quiet"} danger={what === "block"} title={t(`${words}.title`, { name })} sure={t(`${words}.button`)} action={actions[what]} fields={{ partyId }}>
      <p>{t(`${words}.lead`, { name })}</p>
    </ConfirmForm>
  )
  return (
    <ListSection title={t("title")} id="toegang">
      <div className="stack full">
        <p>
          <Tag state={looks[state]}>{t(`states.${state}`)}</Tag>
          {since && <span className="soft"> {t("since", { at: momentText(since) })}</span>}
        </p>
        <p className="soft">{t(`next.${state}`)}</p>
        <div className="line-up" key={`${state} ${since?.getTime()}`}>
          {may.invite && ask("invite", again)}
          {may.withdraw && ask("withdraw", "withdraw")}
          {may.unblock && ask("unblock", "unblock")}
          {may.block && ask("block", "block")}
        </div>
        {mayChangeEmail && <ContactEmail partyId={partyId} email={email} name={name} action={changeEmailAction} />}
      </div>
    </ListSection>
  )
}
