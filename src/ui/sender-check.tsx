import { getTranslations } from "next-intl/server"
import type { RecordToAdd, SenderCheck as Check, SenderPart } from "#domain/senders/check-sender.ts"
import { Button } from "./button.tsx"
import { DefinitionList } from "./definition-list.tsx"
import { Field } from "./field.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { Tag } from "./tag.tsx"

/** What was asked: the domain, the server through which it sends, and the name of its key. */
export type SenderQuery = { domain: string; server: string; selector: string }

type Props = { query: SenderQuery; /** What came of it; a sentence where it could not be checked, null where nothing was asked. */ outcome: Check | string | null }

const looks = { good: "good", fair: "wait", bad: "bad" } as const satisfies Record<SenderPart["state"], string>

/** "Afzender controleren": asks for a domain, and tells whether the world can see that its mail is real, with exactly what to put in the DNS where not. */
export async function SenderCheck({ query, outcome }: Props) {
  const t = await getTranslations("senderCheck")
  return (
    <>
      {typeof outcome === "string" && <Notice kind="bad" title={outcome} />}
      <form className="form" aria-label={t("title")}>
        <Field name="domein" label={t("domain")} hint={t("domainHint")} defaultValue={query.domain} required autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={253} />
        <Field name="server" label={t("server")} hint={t("serverHint")} defaultValue={query.server} optional autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={253} />
        <Field name="sleutel" label={t("selector")} hint={t("selectorHint")} defaultValue={query.selector} optional autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={100} />
        <Button type="submit" look="primary">{t("submit")}</Button>
      </form>
      {outcome !== null && typeof outcome !== "string" && (
        <>
          <Part title={t("spf")} lead={t("spfLead")} part={outcome.spf} remark={outcome.spf.found ? t("lookups", { count: outcome.lookups }) : null} />
          <Part title={t("dkim")} lead={t("dkimLead")} part={outcome.dkim} remark={null} />
          <Part title={t("dmarc")} lead={t("dmarcLead")} part={outcome.dmarc} remark={null} />
        </>
      )}
    </>
  )
}

async function Part({ title, lead, part, remark }: { title: string; lead: string; part: SenderPart; remark: string | null }) {
  const t = await getTranslations("senderCheck")
  return (
    <ListSection title={title} tools={<Tag state={looks[part.state]}>{t(`states.${part.state}`)}</Tag>}>
      <div className="stack full">
        <p className="soft">{lead}</p>
        {part.found && <p>{t("found")} <code>{part.found}</code></p>}
        {remark && <p>{remark}</p>}
        {part.problems.length > 0 && <ul>{part.problems.map((problem) => <li key={problem}>{t(`problems.${problem}`)}</li>)}</ul>}
        {part.add && <ToAdd record={part.add} />}
      </div>
    </ListSection>
  )
}

async function ToAdd({ record: { name, type, value, replaces } }: { record: RecordToAdd }) {
  const t = await getTranslations("senderCheck")
  return (
    <Notice still kind="wait" title={t(replaces ? "change" : "add")}>
      <DefinitionList items={[{ term: t("name"), value: <code>{name}</code> }, { term: t("type"), value: type }, { term: t("value"), value: <code>{value}</code> }]} />
    </Notice>
  )
}
