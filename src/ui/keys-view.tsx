import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { ApiKeyView } from "#domain/api-keys/list-keys.ts"
import type { ApiScope } from "#policy/api-scopes.ts"
import { LinkButton } from "./button.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { DataTable, type Column } from "./data-table.tsx"
import { dayText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { CheckField, Field, SelectField } from "./field.tsx"
import { KeyForm } from "./key-form.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"
import { TimeAgo } from "./time-ago.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  /** The name of the office or employer. */
  party: string
  keys: readonly ApiKeyView[]
  /** What a key can be given here. */
  scopes: readonly ApiScope[]
  /** The clients of an office, to choose from. */
  clients: readonly { id: string; name: string }[]
  /** What was just done, as the address says it. */
  done?: string | string[] | undefined
  now: Date
  makeAction: Action<string>
  revokeAction: FormAction
  takeOverAction: FormAction
}

const doneWords = { ingetrokken: "revoked", overgenomen: "takenOver" } as const
const tags = { works: "good", over: "bad", resting: "wait" } as const

/** The key of a scope's sentence: a colon cannot stand in one. */
function scopeKey(scope: ApiScope) {
  const keys = {
    "employers:read": "scopes.employers-read",
    "employees:read": "scopes.employees-read",
    "employees:write": "scopes.employees-write",
    "deliveries:read": "scopes.deliveries-read",
    "deliveries:write": "scopes.deliveries-write",
    "deliveries:send": "scopes.deliveries-send",
    "backups:read": "scopes.backups-read",
    "backups:write": "scopes.backups-write",
    "webhooks:manage": "scopes.webhooks-manage",
  } as const satisfies Record<ApiScope, string>
  return keys[scope]
}

/** "Koppelingen": the keys of an office or employer, each with what it may do and whether it works, and making one. */
export async function KeysView({ portal, party, keys, scopes, clients, done, now, makeAction, revokeAction, takeOverAction }: Props) {
  const t = await getTranslations("apiKeys")
  const sender = await getTranslations("senderCheck")
  const word = Object.entries(doneWords).find(([key]) => key === done)?.[1]
  const columns: Column<ApiKeyView>[] = [
    { title: t("name"), card: "name", cell: (one) => t("named", { name: one.name, hint: one.hint }) },
    { title: t("may"), card: "line", cell: (one) => one.scopes.map((scope) => t(scopeKey(scope))).join(", ") },
    ...(portal === "kantoor" ? [{ title: t("clients"), card: "line" as const, cell: (one: ApiKeyView) => (one.clients ? t("countClients", { count: one.clients.length }) : t("allClients")) }] : []),
    { title: t("until"), card: "line", labelled: true, still: true, cell: (one) => (one.expiresAt ? dayText(one.expiresAt) : t("untilRevoked")) },
    { title: t("used"), card: "line", labelled: true, cell: (one) => (one.lastUsedAt ? <TimeAgo at={one.lastUsedAt} now={now} /> : t("neverUsed")) },
    { title: t("state"), card: "tag", cell: (one) => <Tag state={tags[one.state]}>{t(`states.${one.state}`)}</Tag> },
    { title: t("revoke"), card: "actions", cell: (one) => <KeyActs one={one} revokeAction={revokeAction} takeOverAction={takeOverAction} /> },
  ]
  const words = { title: t("madeTitle"), lead: t("madeLead"), list: t("madeList"), copy: t("copy"), copied: t("copied"), print: t("print"), kept: t("kept") }
  return (
    <>
      <PageHead title={t("title")} lead={t("lead", { name: party })} />
      {word && <Notice kind="good" title={t(word)} />}
      {keys.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : <DataTable caption={t("keys")} columns={columns} rows={keys} keyOf={(one) => one.id} />}
      {keys.some((one) => one.state === "resting") && <p className="soft">{t("restingLead")}</p>}
      <ListSection title={t("make")}>
        <KeyForm action={makeAction} label={t("make")} words={words} next={`/${portal}/koppelingen`}>
          <p className="soft">{t("makeLead")} <a href="/api/v1">{t("docs")}</a></p>
          <Field name="name" label={t("name")} hint={t("nameHint")} required autoComplete="off" maxLength={100} />
          <fieldset className="field" id="scope">
            <legend>{t("mayLegend")}</legend>
            {scopes.map((scope) => <CheckField key={scope} name="scope" value={scope} label={t(scopeKey(scope))} hint={scope === "employees:write" && t("employeesWriteHint")} />)}
          </fieldset>
          {portal === "kantoor" && <ClientChoice clients={clients} />}
          <SelectField name="days" label={t("days")} defaultValue="365" options={(["90", "365", "none"] as const).map((value) => ({ value, label: t(`lives.${value}`) }))} />
          <SubmitButton>{t("submit")}</SubmitButton>
        </KeyForm>
      </ListSection>
      <ListSection title={t("webhooks")}>
        <div className="stack">
          <p className="soft">{t("webhooksLead")}</p>
          <LinkButton href={`/${portal}/koppelingen/webhooks`}>{t("toWebhooks")}</LinkButton>
        </div>
      </ListSection>
      <ListSection title={t("mailbox")}>
        <div className="stack">
          <p className="soft">{t("mailboxLead")}</p>
          <LinkButton href={`/${portal}/koppelingen/mailbox`}>{t("toMailbox")}</LinkButton>
        </div>
      </ListSection>
      <ListSection title={sender("title")}>
        <div className="stack">
          <p className="soft">{sender("lead")}</p>
          <LinkButton href={`/${portal}/koppelingen/afzender`}>{sender("title")}</LinkButton>
        </div>
      </ListSection>
    </>
  )
}

async function ClientChoice({ clients }: { clients: Props["clients"] }) {
  const t = await getTranslations("apiKeys")
  return (
    <fieldset className="field" id="clients">
      <legend>{t("clientsLegend")}</legend>
      <CheckField type="radio" name="reach" value="all" defaultChecked label={t("allClients")} hint={t("allClientsHint")} />
      <CheckField type="radio" name="reach" value="some" label={t("someClients")} hint={t("someClientsHint")} />
      {clients.length > 0 && (
        <div className="people" role="group" aria-label={t("pick")} tabIndex={0}>
          {clients.map(({ id, name }) => <CheckField key={id} name="client" value={id} label={name} />)}
        </div>
      )}
    </fieldset>
  )
}

async function KeyActs({ one, revokeAction, takeOverAction }: { one: ApiKeyView } & Pick<Props, "revokeAction" | "takeOverAction">) {
  const t = await getTranslations("apiKeys")
  const { id, name } = one
  return (
    <span className="line-up">
      {one.state === "resting" && (
        <ConfirmForm id={`over-${id}`} trigger={t("takeOver")} label={t("takeOverNamed", { name })} title={t("takeOverTitle", { name })} sure={t("takeOver")} action={takeOverAction} fields={{ keyId: id }}>
          <p>{t("takeOverLead")}</p>
        </ConfirmForm>
      )}
      <ConfirmForm id={`in-${id}`} trigger={t("revoke")} label={t("revokeNamed", { name })} title={t("revokeTitle", { name })} sure={t("revoke")} danger action={revokeAction} fields={{ keyId: id }}>
        <p>{t("revokeLead")}</p>
      </ConfirmForm>
    </span>
  )
}
