import { getTranslations } from "next-intl/server"
import type { AccessView } from "#domain/invitations/view-access.ts"
import { accessLooks } from "./access-tag.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { ContactEmail, type ContactEmailAction } from "./contact-email.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { Tag } from "./tag.tsx"

type What = keyof AccessView["may"]

/** `here` is the page it stands on, to come back to. */
type Props = { access: AccessView; name: string; here: string; actions: Record<What, FormAction>; changeEmailAction: ContactEmailAction }

/** What takes something away looks like that. */
const isDanger = (what: What) => what === "block" || what === "take"

/**
 * "Toegang": how it stands with getting in, since when, what to do next, the buttons for that, and the address for who may change it. When something changed the
 * buttons are new ones, so that the question that was answered closes.
 */
export async function AccessSection({ access: { partyId, kind, state, since, trouble, may, email, mayChangeEmail }, name, here, actions, changeEmailAction }: Props) {
  const t = await getTranslations("accessNow")
  const reasons = await getTranslations("mailList.reasons")
  const again = state === "not-invited" || state === "taken-away" ? "invite" : "inviteAgain"
  const ask = (what: What, words: What | "inviteAgain" = what) => (
    <ConfirmForm id={`toegang-${what}`} trigger={t(`${words}.button`)} look={isDanger(what) ? "danger" : "quiet"} danger={isDanger(what)} title={t(`${words}.title`, { name })} sure={t(`${words}.button`)} action={actions[what]} fields={{ partyId, naar: here }}>
      <p>{t(`${words}.lead`, { name })}</p>
    </ConfirmForm>
  )
  return (
    <ListSection title={t("title")} id="toegang">
      <div className="stack full">
        <p>
          <Tag state={accessLooks[state]}>{t(`states.${state}`, { kind })}</Tag>
          {since && <span className="soft"> {t("since", { at: momentText(since) })}</span>}
        </p>
        {trouble && <p>{reasons(trouble)}</p>}
        <p className="soft">{t(`next.${state}`, { kind })}</p>
        <div className="line-up" key={`${state} ${since?.getTime()}`}>
          {may.tryAgain && ask("tryAgain")}
          {may.invite && ask("invite", again)}
          {may.withdraw && ask("withdraw")}
          {may.resetStep && ask("resetStep")}
          {may.unblock && ask("unblock")}
          {may.block && ask("block")}
          {may.take && ask("take")}
        </div>
        {mayChangeEmail && <ContactEmail partyId={partyId} email={email} name={name} action={changeEmailAction} />}
      </div>
    </ListSection>
  )
}
