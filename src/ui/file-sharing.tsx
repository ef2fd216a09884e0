import { getTranslations } from "next-intl/server"
import type { Sharing } from "#domain/sharing/view-sharing.ts"
import { ActionForm } from "./action-form.tsx"
import { LinkButton } from "./button.tsx"
import { pickedFiles } from "./bulk-files.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { DefinitionList } from "./definition-list.tsx"
import { dayText, momentText } from "./dates.ts"
import type { FormAction } from "./delivery-words.ts"
import { ListSection } from "./list-section.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { sharing: Sharing; portal: "werknemer" | "werkgever" | "kantoor"; endAction: FormAction; bulkAction: FormAction }

/** Under a file's details: with whom it is shared, each with "Stop met delen", and what else can be done with it. */
export async function FileSharing({ sharing: { fileId, canShare, canBin, canEnd, shares }, portal, endAction, bulkAction }: Props) {
  const t = await getTranslations()
  const share = canShare && <LinkButton icon="share" href={`/${portal}/delen?bestand=${fileId}`}>{t("sharing.shareWith")}</LinkButton>
  return (
    <>
      {(canShare || shares.length > 0) && (
        <ListSection title={t("sharing.sharedWith")} id="delen" tools={share}>
          {shares.length === 0 ? (
            <p className="soft">{t("sharing.notShared")}</p>
          ) : (
            <DefinitionList
              named
              items={shares.map(({ id, name, reason, startsAt, endsAt }) => ({
                term: name,
                value: canEnd && (
                  <ConfirmForm id={`stop-${id}`} trigger={t("sharing.stop")} label={t("sharing.stopFor", { name })} title={t("sharing.stopTitle", { name })} sure={t("sharing.stop")} action={endAction} fields={{ shareId: id, fileId }}>
                    <p>{t(reason === "shared" ? "sharing.stopLead" : "sharing.stopOnLead", { name })}</p>
                  </ConfirmForm>
                ),
                note: [t(`sharing.since.${reason}`, { at: momentText(startsAt) }), endsAt && t("sharing.until", { date: dayText(new Date(endsAt.getTime() - 1)) })].filter(Boolean).join(" "),
              }))}
            />
          )}
        </ListSection>
      )}
      <ActionForm action={bulkAction} className="line-up after" label={t("ui.file.actions")}>
        <input type="hidden" name={pickedFiles} value={fileId} />
        <SubmitButton look="quiet" name="doe" value="ongelezen">{t("sharing.markUnread")}</SubmitButton>
        {canBin && <SubmitButton look="danger" name="doe" value="weg">{t("bin.delete")}</SubmitButton>}
      </ActionForm>
    </>
  )
}
