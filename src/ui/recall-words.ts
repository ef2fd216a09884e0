import type { Receiver, Withdrawal } from "#domain/files/view-recall.ts"
import { dayText, momentText } from "./dates.ts"
import { nameOf, type NamedFile } from "./file-naming.ts"
import type { Translator } from "./file-title.ts"

/** "Ingetrokken op 25-03-2026 door Kantoor Linde". */
export function withdrawnText(t: Translator, { withdrawnAt, senderName }: { withdrawnAt: Date; senderName: string }): string {
  return t("recall.withdrawnBy", { date: dayText(withdrawnAt), sender: senderName })
}

/** Who had a withdrawn file: a name, and what it is where the name does not say. */
export function receiverName(t: Translator, { party, name }: Receiver): string {
  return party === "overviews" ? t("recall.overviewers") : (name ?? t("opened.unknown"))
}

/** What somebody had done with a file when it was withdrawn. */
export function openedText(t: Translator, { openedAt, lastOpenedAt, openings }: Receiver): string {
  if (!openedAt || !lastOpenedAt) return t("recall.notOpened")
  return openings === 1 ? t("recall.openedOnce", { at: momentText(openedAt) }) : t("recall.openedOften", { at: momentText(openedAt), last: momentText(lastOpenedAt), count: openings })
}

/** The facts of a withdrawal for a data-breach file: how many had it, from when until when, why it was withdrawn, and who had opened it. Moments are Dutch time. */
export function withdrawalText(t: Translator, withdrawal: Withdrawal): string {
  const file: NamedFile = withdrawal
  const { receivers, placedAt, withdrawnAt, senderName, reason, note, mailedAt } = withdrawal
  const opened = receivers.filter((one) => one.openedAt !== null).length
  const lines = [
    t("recall.text.title"),
    "",
    t("recall.text.document", { title: nameOf(t, file) }),
    t("recall.text.sender", { sender: senderName }),
    t("recall.text.placed", { at: momentText(placedAt) }),
    t("recall.text.withdrawn", { at: momentText(withdrawnAt) }),
    t("recall.text.reason", { reason: t(`recall.reasons.${reason}`) }),
    ...(note ? [t("recall.text.note", { note })] : []),
    t("recall.text.receivers", { count: receivers.length }),
    t("recall.text.opened", { count: opened }),
    ...(mailedAt ? [t("recall.text.mailed", { at: momentText(mailedAt) })] : []),
    "",
    ...receivers.map((one) => `- ${receiverName(t, one)}: ${openedText(t, one)}`),
    "",
    t("recall.text.source"),
  ]
  return `${lines.join("\r\n")}\r\n`
}
