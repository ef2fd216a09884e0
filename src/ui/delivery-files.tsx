import { getLocale, getTranslations } from "next-intl/server"
import type { DeliveryView } from "#domain/deliveries/view-delivery.ts"
import { maxUploadBytes } from "#policy/upload-limits.ts"
import { ConfirmForm } from "./confirm-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { errorSentence } from "./error-sentence.ts"
import { Icon } from "./icon.tsx"
import { uploadLabels } from "./labels.ts"
import { ListSection } from "./list-section.tsx"
import { LiveRefresh } from "./live-refresh.tsx"
import { sizeText } from "./sizes.ts"
import { UploadDrop } from "./upload-drop.tsx"

type Upload = DeliveryView["uploads"][number]

/** The files that were dropped, each with how reading it went, and while the delivery may change the place to drop more. */
export async function DeliveryFiles({ view, hidden, removeUpload }: { view: DeliveryView; hidden: boolean; removeUpload: FormAction }) {
  const t = await getTranslations()
  const { uploads, delivery } = view
  const open = view.mayChange && delivery.state === "draft"
  if (!open && uploads.length === 0) return null
  const reading = uploads.filter((upload) => upload.state === "received").length
  const limit = sizeText(maxUploadBytes, await getLocale())
  return (
    <div hidden={hidden}>
      <ListSection id="bestanden" title={t("delivery.files")} remark={uploads.length > 0 ? `(${uploads.length})` : undefined}>
        <LiveRefresh active={reading > 0} every={1500} />
        {open && (
          <UploadDrop url={`/api/deliveries/${delivery.id}/uploads`} accept=".pdf,.xml,application/pdf,application/xml,text/xml" limit={maxUploadBytes} hint={t("delivery.addHint", { limit })} labels={uploadLabels(t)} keepDone={false} />
        )}
        {uploads.length > 0 && (
          <ul className="sent">
            {uploads.map((upload) => (
              <li key={upload.id}>
                <FileLine upload={upload} documents={view.items.filter((item) => item.uploadId === upload.id).length} />
                {open && (
                  <ConfirmForm
                    id={`haal-weg-${upload.id}`}
                    look="bin"
                    danger
                    trigger={t("delivery.removeFileShort")}
                    label={t("delivery.removeFile", { name: upload.name })}
                    title={t("delivery.removeFileTitle")}
                    sure={t("delivery.removeFileShort")}
                    action={removeUpload}
                    fields={{ uploadId: upload.id }}
                  >
                    <p>{t("delivery.removeFileLead", { name: upload.name })}</p>
                  </ConfirmForm>
                )}
              </li>
            ))}
          </ul>
        )}
        <p role="status" className="hint">
          {reading > 0 && t("delivery.readingLead", { count: reading })}
        </p>
      </ListSection>
    </div>
  )
}

async function FileLine({ upload, documents }: { upload: Upload; documents: number }) {
  const t = await getTranslations()
  const size = sizeText(upload.size, await getLocale())
  return (
    <span>
      <b>{upload.name}</b>
      {upload.state === "refused" ? (
        <span className="wrong">
          <Icon name="bad" small />
          {t("delivery.refused", { reason: errorSentence(t, upload.refusal ?? "broken") })}
        </span>
      ) : (
        <span className="hint">
          {upload.state === "received" ? t("delivery.reading") : t("delivery.received", { documents, pages: upload.pages ?? 0 })} · {size}
        </span>
      )}
      {upload.state === "received" && <progress aria-label={t("delivery.reading")} />}
    </span>
  )
}
