import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { MessageView, TryView, WebhookView } from "#domain/webhooks/webhook-views.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { type Column, DataTable } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import type { FormAction } from "./delivery-words.ts"
import { EmptyState } from "./empty-state.tsx"
import { KeyForm } from "./key-form.tsx"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"
import { webhookKindKeys } from "./webhook-words.ts"

type Acts = Record<"stop" | "remove" | "ping" | "replay", FormAction> & { renew: Action<string> }

type Props = {
  portal: "kantoor" | "werkgever"
  webhook: WebhookView
  messages: readonly MessageView[]
  /** What was just done, as the address says it. */
  done?: string | string[] | undefined
  acts: Acts
}

const doneWords = { stil: "stopped", aan: "started", verstuurd: "onItsWay" } as const
const tags = { queued: "wait", delivered: "good", failed: "bad" } as const

/** One webhook: what it hears of, what was sent there and how that was answered, and what can be done about it. */
export async function WebhookDetails({ portal, webhook, messages, done, acts }: Props) {
  const t = await getTranslations("webhooks")
  const here = `/${portal}/koppelingen/webhooks`
  const word = Object.entries(doneWords).find(([key]) => key === done)?.[1]
  const fields = { webhookId: webhook.id }
  const says = (one: TryView) => [one.status ?? t(`failures.${failureKey(one.failure)}`), t("took", { milliseconds: one.milliseconds }), one.answer].filter(Boolean).join(" · ")
  const columns: Column<MessageView>[] = [
    { title: t("when"), card: "name", still: true, cell: (one) => momentText(one.createdAt) },
    { title: t("what"), card: "line", cell: (one) => t(webhookKindKeys[one.kind]) },
    { title: t("answers"), card: "line", cell: (one) => (one.tries.length === 0 ? t("notYet") : <>{one.tries.map((tried) => <div key={tried.at.toISOString()}>{momentText(tried.at)}: {says(tried)}</div>)}</>) },
    { title: t("state"), card: "tag", cell: (one) => <Tag state={tags[one.state]}>{t(`messageStates.${one.state}`)}</Tag> },
    { title: t("replay"), card: "actions", cell: (one) => <Replay action={acts.replay} fields={{ ...fields, messageId: one.id }} words={t("replay")} label={t("replayLabel", { at: momentText(one.createdAt) })} /> },
  ]
  const words = { title: t("renewedTitle"), lead: t("madeLead"), list: t("secret"), copy: t("copy"), copied: t("copied"), print: t("print"), kept: t("kept") }
  return (
    <>
      <PageHead title={t("one")} lead={webhook.url} back={{ href: here, label: t("toAll") }} />
      {word && <Notice kind="good" title={t(word)} />}
      {webhook.stoppedWhy && <Notice kind="bad" still title={t("isStopped")}>{t(`why.${webhook.stoppedWhy}`)}</Notice>}
      <div className="stack full">
        <DefinitionList items={[{ term: t("hears"), value: webhook.kinds.map((kind) => t(webhookKindKeys[kind])).join(", ") }, { term: t("since"), value: momentText(webhook.createdAt) }]} />
        <div className="line-up">
          {webhook.stoppedAt === null && <Act action={acts.ping} fields={fields} words={t("ping")} />}
          <Act action={acts.stop} fields={{ ...fields, stop: webhook.stoppedAt ? "no" : "yes" }} words={t(webhook.stoppedAt ? "start" : "stop")} />
          <ConfirmForm id="verwijderen" trigger={t("remove")} look="danger" danger title={t("removeTitle")} sure={t("remove")} action={acts.remove} fields={fields}>
            <p>{t("removeLead")}</p>
          </ConfirmForm>
        </div>
      </div>
      <ListSection title={t("log")} remark={messages.length || undefined}>
        {messages.length === 0 ? <EmptyState title={t("logEmpty")}>{t("logEmptyLead")}</EmptyState> : <DataTable caption={t("log")} columns={columns} rows={messages} keyOf={(one) => one.id} />}
      </ListSection>
      <ListSection title={t("renew")}>
        <KeyForm action={acts.renew} label={t("renew")} words={words} next={`${here}/${webhook.id}`}>
          <p className="soft">{t("renewLead")}</p>
          <input type="hidden" name="webhookId" value={webhook.id} />
          <SubmitButton look="quiet">{t("renew")}</SubmitButton>
        </KeyForm>
      </ListSection>
    </>
  )
}

const failureKeys = ["no-such-host", "not-public", "timeout", "refused-connection", "certificate"] as const

function failureKey(failure: string | null) {
  return failureKeys.find((key) => key === failure) ?? "no-answer"
}

/** A button that is a form. */
function Act({ action, fields, words }: { action: FormAction; fields: Readonly<Record<string, string>>; words: string }) {
  return (
    <ActionForm action={action} className="inline">
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <SubmitButton look="quiet">{words}</SubmitButton>
    </ActionForm>
  )
}

function Replay({ label, ...act }: Parameters<typeof Act>[0] & { label: string }) {
  return (
    <span role="group" aria-label={label}>
      <Act {...act} />
    </span>
  )
}
