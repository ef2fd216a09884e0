import { getTranslations } from "next-intl/server"
import type { WithdrawnFile } from "#domain/files/view-withdrawn.ts"
import { dayText, momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import { nameOf } from "./file-naming.ts"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"

type Props = { withdrawn: WithdrawnFile; filesAt: string; back: { href: string; label: string } }

/** Where the address of a withdrawn file leads for who had it: what happened, when, by whom and why, and where the new one is. */
export async function WithdrawnView({ withdrawn, filesAt, back }: Props) {
  const t = await getTranslations()
  const { withdrawnAt, senderName, reason, note, newer } = withdrawn
  return (
    <>
      <PageHead title={t("recall.old.title", { title: nameOf(t, withdrawn) })} back={back} />
      <Notice still kind="bad"><p>{t("recall.old.lead")}</p></Notice>
      <DefinitionList items={[
        { term: t("recall.old.when"), value: <time dateTime={withdrawnAt.toISOString()}>{momentText(withdrawnAt)}</time> },
        { term: t("recall.old.by"), value: senderName },
        { term: t("recall.reason"), value: t(`recall.reasons.${reason}`) },
        ...(note ? [{ term: t("recall.note"), value: <span className="said">{note}</span> }] : []),
      ]} />
      <Notice still kind={newer ? "good" : "wait"}>
        <p>{newer ? <>{t("recall.old.newer")} <a href={`${filesAt}/${newer.id}`}>{t("recall.toNewer", { date: dayText(newer.createdAt) })}</a></> : t("recall.old.noNewer")}</p>
      </Notice>
    </>
  )
}
