import type { Translator } from "./file-title.ts"
import type { PdfLabels } from "./pdf-viewer.tsx"
import type { UploadLabels } from "./upload-drop.tsx"

/** The sentences of PdfViewer, which as a client component cannot look them up. */
export function pdfLabels(t: Translator): PdfLabels {
  return {
    loading: t("ui.pdf.loading"),
    broken: t("ui.pdf.broken"),
    download: t("ui.pdf.download"),
    document: t.raw("ui.pdf.document"),
    page: t("ui.pdf.page"),
    of: t.raw("ui.pdf.of"),
    pageLabel: t.raw("ui.pdf.pageLabel"),
    previous: t("ui.pdf.previous"),
    next: t("ui.pdf.next"),
    zoomIn: t("ui.pdf.zoomIn"),
    zoomOut: t("ui.pdf.zoomOut"),
    zoomFit: t("ui.pdf.zoomFit"),
    locked: t("ui.pdf.locked"),
    missing: t("ui.pdf.missing"),
    print: t("ui.pdf.print"),
    printing: t.raw("ui.pdf.printing"),
  }
}

/** The sentences of UploadDrop. */
export function uploadLabels(t: Translator): UploadLabels {
  return {
    drop: t("ui.upload.drop"),
    dropHere: t("ui.upload.dropHere"),
    choose: t("ui.upload.choose"),
    queued: t("ui.upload.queued"),
    processing: t("ui.upload.processing"),
    waiting: t("ownFiles.waiting"),
    done: t("ui.upload.done"),
    failed: t("ui.upload.failed"),
    stopped: t("ui.upload.stopped"),
    cancel: t("ui.upload.cancel"),
    retry: t("ui.upload.retry"),
    tooLarge: t.raw("ui.upload.tooLarge"),
    summary: t.raw("ui.upload.summary"),
  }
}
