import { getTranslations } from "next-intl/server"
import type { BackupView } from "#domain/package-backups/backup-views.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { CopyText } from "./copy-text.tsx"
import type { Column } from "./data-table.tsx"
import { momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { sizeText } from "./sizes.ts"
import { SubmitButton } from "./submit-button.tsx"
import { Tag } from "./tag.tsx"

export type BackupActions = Readonly<Record<"describe" | "pin" | "remove", FormAction>>

/** How much of a checksum is shown: enough to compare by eye. */
const shownOfSum = 12

/** The columns of the back-ups that are kept; who may only read gets no buttons that change something. */
export async function keptColumns(mayChange: boolean, actions: BackupActions): Promise<Column<BackupView>[]> {
  const t = await getTranslations("backups")
  return [
    { title: t("name"), card: "name", cell: ({ name, description }) => <>{name}{description && <><br /><span className="soft">{description}</span></>}</> },
    { title: t("size"), card: "line", numeric: true, still: true, cell: ({ length }) => sizeText(length) },
    { title: t("at"), card: "line", still: true, cell: ({ landedAt }) => landedAt && momentText(landedAt) },
    { title: t("by"), card: "line", labelled: true, cell: ({ by }) => by },
    { title: t("sha256"), card: "line", labelled: true, cell: ({ sha256, name }) => sha256 && <CopyText text={sha256} shown={`${sha256.slice(0, shownOfSum)}…`} label={t("copy", { name })} copied={t("copied")} /> },
    {
      title: t("checked"),
      card: "tag",
      cell: ({ checkedAt, damagedAt, pinnedAt }) => (
        <>
          {damagedAt ? <Tag state="bad">{t("damaged", { at: momentText(damagedAt) })}</Tag> : checkedAt && <Tag state="good">{t("sound", { at: momentText(checkedAt) })}</Tag>} {pinnedAt && <Tag state="wait">{t("pinned")}</Tag>}
        </>
      ),
    },
    {
      title: t("actions"),
      card: "actions",
      cell: ({ id, name, description, landedAt, pinnedAt }) => (
        <div className="line-up">
          <a className="act icon-download" href={`/api/backups/${id}`} title={t("download")} aria-label={t("downloadOf", { name })} download />
          {mayChange && (
            <>
              <ActionForm action={actions.pin} className="inline" label={t(pinnedAt ? "unpinOf" : "pinOf", { name })}>
                <input type="hidden" name="backupId" value={id} />
                <input type="hidden" name="pin" value={pinnedAt ? "no" : "yes"} />
                <SubmitButton look="quiet">{t(pinnedAt ? "unpin" : "pin")}</SubmitButton>
              </ActionForm>
              <ConfirmForm id={`omschrijf-${id}`} trigger={t("describe")} label={t("describeOf", { name })} title={t("describeTitle")} sure={t("save")} action={actions.describe} fields={{ backupId: id }}>
                <div className="field">
                  <label htmlFor={`omschrijving-${id}`}>{t("describe")}</label>
                  <p className="hint" id={`omschrijving-${id}-uitleg`}>{t("descriptionHint")}</p>
                  <input id={`omschrijving-${id}`} className="input" name="description" maxLength={200} defaultValue={description} aria-describedby={`omschrijving-${id}-uitleg`} />
                </div>
              </ConfirmForm>
              <ConfirmForm id={`verwijder-${id}`} look="bin" trigger={t("remove")} label={t("removeOf", { name })} title={t("removeTitle")} sure={t("remove")} danger action={actions.remove} fields={{ backupId: id }}>
                <p>{t("removeLead", { name, at: landedAt ? momentText(landedAt) : "" })}</p>
              </ConfirmForm>
            </>
          )}
        </div>
      ),
    },
  ]
}

/** The columns of what is on its way, or was refused. */
export async function comingColumns(mayChange: boolean, actions: BackupActions): Promise<Column<BackupView>[]> {
  const t = await getTranslations("backups")
  const errors = await getTranslations("errors")
  const stateOf = ({ state, refusal, received, length }: BackupView) => {
    if (state === "refused") return <Tag state="bad">{errors(refusal === "backup-unreadable" ? "backup-unreadable" : "backup-changed")}</Tag>
    return <Tag state="wait">{state === "checking" ? t("checking") : t("received", { done: sizeText(received), total: sizeText(length) })}</Tag>
  }
  return [
    { title: t("name"), card: "name", cell: ({ name }) => name },
    { title: t("by"), card: "line", labelled: true, cell: ({ by }) => by },
    { title: t("at"), card: "line", still: true, cell: ({ beganAt }) => momentText(beganAt) },
    { title: t("checked"), card: "tag", cell: stateOf },
    ...(mayChange ? [{
      title: t("actions"),
      card: "actions" as const,
      cell: ({ id, name }: BackupView) => (
        <ConfirmForm id={`weg-${id}`} look="bin" trigger={t("stop")} label={t("stopOf", { name })} title={t("stopTitle")} sure={t("stop")} danger action={actions.remove} fields={{ backupId: id }}>
          <p>{t("stopLead", { name })}</p>
        </ConfirmForm>
      ),
    }] : []),
  ]
}
