import { getTranslations } from "next-intl/server"
import type { Receiver, ShareChoice } from "#domain/sharing/list-receivers.ts"
import { ActionForm } from "./action-form.tsx"
import { LinkButton } from "./button.tsx"
import { calendarDateText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { CheckField, Field } from "./field.tsx"
import { nameOf } from "./file-naming.ts"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import type { ShareQuery } from "./share-query.ts"
import { SubmitButton } from "./submit-button.tsx"

type Portal = "werknemer" | "werkgever" | "kantoor"
type Props = { choice: ShareChoice | null; query: ShareQuery; portal: Portal; action: FormAction }

/** "Delen": first with whom and until when, then a confirmation that names who will see it. Two pages of one address, so it works without JavaScript. */
export async function ShareView({ choice, query, portal, action }: Props) {
  const t = await getTranslations()
  const dossier = `/${portal}/dossier`
  const back = { href: dossier, label: t("dossier.mine") }
  const toDossier = <LinkButton href={dossier}>{t("ownData.toDossier")}</LinkButton>
  if (!choice) {
    return (
      <>
        <PageHead title={t("sharing.title")} back={back} />
        <EmptyState title={t("sharing.noFiles")} action={toDossier}>{t("sharing.noFilesLead")}</EmptyState>
      </>
    )
  }
  const { files, receivers } = choice
  const lead = files.map((file) => nameOf(t, file)).slice(0, 5).join(", ") + (files.length > 5 ? ` ${t("sharing.andMore", { count: files.length - 5 })}` : "")
  const staff = receivers.filter((one) => one.kind === "employee" && !one.hasLeft)
  const chosen = receivers.filter((one) => query.to.includes(one.id) || (query.toAll && staff.includes(one)))
  const isConfirm = query.isNext && chosen.length > 0
  return (
    <>
      <PageHead title={t("sharing.titleCount", { count: files.length })} lead={lead} back={back} />
      {receivers.length === 0 ? (
        <EmptyState title={t("sharing.nobody")} action={toDossier}>{t(`sharing.nobodyLead.${portal}`)}</EmptyState>
      ) : isConfirm ? (
        <Confirmation choice={choice} chosen={chosen} query={query} portal={portal} action={action} />
      ) : (
        <form method="get" className="form">
          {query.isNext && <Notice kind="bad" title={t("errors.receivers-none")} />}
          {files.map((file) => <input key={file.id} type="hidden" name="bestand" value={file.id} />)}
          <input type="hidden" name="stap" value="2" />
          <fieldset id="met" className="field">
            <legend>{t("sharing.withWhom")}</legend>
            {receivers.filter((one) => one.kind !== "employee").map((one) => <CheckField key={one.id} name="met" value={one.id} defaultChecked={receivers.length === 1 || query.to.includes(one.id)} label={one.name} hint={one.kind === "engagement" ? t("sharing.yourOffice") : undefined} />)}
            {staff.length > 1 && <CheckField name="met" value="alle" defaultChecked={query.toAll} label={t("sharing.everybody", { count: staff.length })} hint={t("sharing.everybodyHint")} />}
          </fieldset>
          {receivers.some((one) => one.kind === "employee") && (
            <details className="fold" open={query.to.length > 0 || staff.length < 15}>
              <summary className="label">{t("sharing.some")}</summary>
              <fieldset className="field people">
                <legend className="vh">{t("sharing.some")}</legend>
                {receivers.filter((one) => one.kind === "employee").map((one) => <CheckField key={one.id} name="met" value={one.id} defaultChecked={query.to.includes(one.id)} label={`${one.name} (${one.number})`} hint={one.hasLeft ? t("sharing.hasLeft") : undefined} />)}
              </fieldset>
            </details>
          )}
          <Field name="tot" type="date" short optional label={t("sharing.lastDay")} hint={t("sharing.lastDayHint")} defaultValue={query.lastDay} />
          <SubmitButton>{t("common.continue")}</SubmitButton>
        </form>
      )}
    </>
  )
}

async function Confirmation({ choice: { files, isOn }, chosen, query, portal, action }: { choice: ShareChoice; chosen: readonly Receiver[]; query: ShareQuery; portal: Portal; action: FormAction }) {
  const t = await getTranslations("sharing")
  const kinds = new Set(chosen.map((one) => one.kind))
  const others = isOn ? "on" : portal === "werkgever" ? (kinds.size > 1 ? "both" : kinds.has("engagement") ? "office" : "people") : portal
  const change = new URLSearchParams([...files.map((file) => ["bestand", file.id]), ...query.to.map((id) => ["met", id]), ...(query.toAll ? [["met", "alle"]] : []), ...(query.lastDay ? [["tot", query.lastDay]] : [])])
  return (
    <ActionForm action={action} label={t("title")}>
      <Notice kind="wait" still title={t("willSee", { count: files.length })}>
        <ul>{chosen.slice(0, 20).map((one) => <li key={one.id}>{one.letterName}</li>)}</ul>
        {chosen.length > 20 && (
          <details>
            <summary>{t("andMorePeople", { count: chosen.length - 20 })}</summary>
            <ul>{chosen.slice(20).map((one) => <li key={one.id}>{one.letterName}</li>)}</ul>
          </details>
        )}
        <p>{t(`willNotSee.${others}`, { count: files.length })}</p>
        <p>{query.lastDay ? t("until", { date: calendarDateText(query.lastDay) }) : t("untilStopped")}</p>
      </Notice>
      {files.map((file) => <input key={file.id} type="hidden" name="bestand" value={file.id} />)}
      {chosen.map((one) => <input key={one.id} type="hidden" name="met" value={one.id} />)}
      <input type="hidden" name="tot" value={query.lastDay} />
      <div className="line-up">
        <SubmitButton>{t("share")}</SubmitButton>
        <LinkButton href={`/${portal}/delen?${change}`}>{t("change")}</LinkButton>
      </div>
    </ActionForm>
  )
}
