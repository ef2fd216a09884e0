import { getTranslations } from "next-intl/server"
import type { TextInBoth, TextLocale } from "#domain/mail-texts/view-texts.ts"
import { locales } from "#messages/locale.ts"
import { catalogueWords } from "#messages/mail-texts.ts"
import { textLimits, textRules, type TextKind } from "#policy/mail-texts.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { Field, TextField } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  kind: TextKind
  locale: TextLocale
  texts: TextInBoth
  /** What was just done, as the address says it. */
  done?: string | string[] | undefined
  acts: Record<"save" | "restore" | "try", FormAction>
}

const doneWords = { bewaard: "saved", hersteld: "restored", verstuurd: "trialSent" } as const

/** One mail: its words in one language to change, and how it arrives in both. What is typed can be looked at before it is kept, without JavaScript too. */
export async function MailTextEditor({ portal, kind, locale, texts, done, acts }: Props) {
  const t = await getTranslations("mailTexts")
  const here = `/${portal}/mailteksten`
  const text = texts[locale]
  const words = text.words ?? catalogueWords(kind, locale)
  const word = Object.entries(doneWords).find(([key]) => key === done)?.[1]
  const fields = { mail: kind, taal: locale }
  const preview = (as: "html" | "tekst", language: TextLocale = locale) => `/api/mail-texts/preview?${new URLSearchParams({ mail: kind, taal: language, als: as })}`
  const braces = (names: readonly string[]) => names.map((name) => `{${name}}`).join(", ")
  const look = (as: "html" | "tekst") => (
    <button className="btn" formAction={preview(as)} formMethod="post" formTarget={`voorbeeld-${locale}`} formNoValidate>
      {t(as === "html" ? "look" : "lookAsText")}
    </button>
  )
  return (
    <>
      <PageHead title={t(`kinds.${kind}`)} lead={t("oneLead", { source: t(`sources.${text.source}`).toLowerCase() })} back={{ href: here, label: t("toAll") }} />
      {word && <Notice kind="good" title={t(word)} />}
      <nav className="chips" aria-label={t("language")}>
        {locales.map((one) => <a key={one} href={`${here}?mail=${kind}&taal=${one}`} aria-current={one === locale ? "page" : undefined}>{t(`languages.${one}`)}</a>)}
      </nav>
      <ListSection title={t("words", { language: t(`languages.${locale}`) })} remark={text.changedAt ? `${text.changedBy ?? ""} · ${momentText(text.changedAt)}` : undefined}>
        <ActionForm action={acts.save} label={t("words", { language: t(`languages.${locale}`) })}>
          {Object.entries({ ...fields, version: text.version }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <Field name="subject" label={t("subject")} hint={t("subjectHint", { placeholders: braces(textRules[kind].subject) })} defaultValue={words.subject} maxLength={textLimits.subject} required />
          <TextField name="before" label={t("before")} hint={t("bodyHint", { placeholders: braces(textRules[kind].body) })} defaultValue={words.before} maxLength={textLimits.before} rows={8} required />
          <TextField name="after" label={t("after")} hint={t("afterHint")} defaultValue={words.after} maxLength={textLimits.after} rows={5} />
          <div className="line-up">
            <SubmitButton>{t("save")}</SubmitButton>
            {look("html")}
            {look("tekst")}
          </div>
        </ActionForm>
      </ListSection>
      {locales.map((one) => (
        <ListSection key={one} title={t("arrives", { language: t(`languages.${one}`) })}>
          <iframe className="letter" name={`voorbeeld-${one}`} src={preview("html", one)} sandbox="" title={t("arrives", { language: t(`languages.${one}`) })} />
        </ListSection>
      ))}
      <ListSection title={t("more")}>
        <div className="line-up">
          <ActionForm action={acts.try} className="inline">
            {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <SubmitButton look="quiet">{t("try")}</SubmitButton>
          </ActionForm>
          {text.source === "own" && (
            <ConfirmForm id="herstellen" trigger={t("restore")} look="danger" danger title={t("restoreTitle")} sure={t("restore")} action={acts.restore} fields={fields}>
              <p>{t("restoreLead", { source: t(`sources.${text.above}`) })}</p>
            </ConfirmForm>
          )}
        </div>
      </ListSection>
    </>
  )
}
