import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { WebhookView } from "#domain/webhooks/webhook-views.ts"
import { WEBHOOK_KINDS } from "#policy/webhook-kinds.ts"
import { type Column, DataTable } from "./data-table.tsx"
import { EmptyState } from "./empty-state.tsx"
import { CheckField, Field } from "./field.tsx"
import { KeyForm } from "./key-form.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"
import { TimeAgo } from "./time-ago.tsx"
import { webhookKindKeys } from "./webhook-words.ts"

type Props = {
  portal: "kantoor" | "werkgever"
  webhooks: readonly WebhookView[]
  isRemoved: boolean
  now: Date
  addAction: Action<string>
}

/** "Webhooks": where the own systems are told that something happened, and adding one. */
export async function WebhooksView({ portal, webhooks, isRemoved, now, addAction }: Props) {
  const t = await getTranslations("webhooks")
  const here = `/${portal}/koppelingen/webhooks`
  const columns: Column<WebhookView>[] = [
    { title: t("url"), card: "name", cell: (one) => <a href={`${here}/${one.id}`}>{one.url}</a> },
    { title: t("hears"), card: "line", cell: (one) => one.kinds.map((kind) => t(webhookKindKeys[kind])).join(", ") },
    { title: t("lastDelivered"), card: "line", labelled: true, cell: (one) => (one.lastDeliveredAt ? <TimeAgo at={one.lastDeliveredAt} now={now} /> : t("never")) },
    { title: t("lastFailed"), card: "line", labelled: true, cell: (one) => (one.lastFailedAt ? <TimeAgo at={one.lastFailedAt} now={now} /> : t("never")) },
    { title: t("state"), card: "tag", cell: (one) => <Tag state={one.stoppedAt ? "bad" : "good"}>{t(one.stoppedAt ? "states.stopped" : "states.on")}</Tag> },
  ]
  const words = { title: t("madeTitle"), lead: t("madeLead"), list: t("secret"), copy: t("copy"), copied: t("copied"), print: t("print"), kept: t("kept") }
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} back={{ href: `/${portal}/koppelingen`, label: t("back") }} />
      {isRemoved && <Notice kind="good" title={t("removed")} />}
      {webhooks.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : <DataTable caption={t("title")} columns={columns} rows={webhooks} keyOf={(one) => one.id} />}
      <ListSection title={t("add")}>
        <KeyForm action={addAction} label={t("add")} words={words} next={here}>
          <Field name="url" label={t("url")} hint={t("urlHint")} required inputMode="url" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={500} />
          <fieldset className="field" id="kinds">
            <legend>{t("hears")}</legend>
            {WEBHOOK_KINDS.map((kind) => <CheckField key={kind} name="kind" value={kind} defaultChecked label={t(webhookKindKeys[kind])} />)}
          </fieldset>
          <SubmitButton>{t("submit")}</SubmitButton>
        </KeyForm>
      </ListSection>
    </>
  )
}
