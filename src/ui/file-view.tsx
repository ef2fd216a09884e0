import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { FileDetails } from "#domain/files/view-file.ts"
import { LinkButton } from "./button.tsx"
import { momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import { kindOf, nameOf, periodOf } from "./file-naming.ts"
import { periodInYear } from "./file-title.ts"
import { pdfLabels } from "./labels.ts"
import { ListSection } from "./list-section.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { PdfViewer } from "./pdf-viewer.tsx"
import { sizeText } from "./sizes.ts"

/** A file on a page of its own: read it here, download it, its details, and who sees it. Only a PDF is shown; the rest is downloaded. */
export async function FileView({ file, back, sharing }: { file: FileDetails; back: { href: string; label: string }; sharing?: ReactNode }) {
  const t = await getTranslations()
  const title = nameOf(t, file)
  const period = periodOf(file)
  const download = `/api/files/${file.id}?how=download`
  const facts = [
    { term: t("file.kind"), value: t(`documentKinds.${kindOf(file)}`) },
    { term: t("file.period"), value: period && periodInYear(t, period) },
    { term: t("file.size"), value: sizeText(file.size, await getLocale()) },
    { term: t("file.createdAt"), value: momentText(file.createdAt) },
    { term: t("file.sender"), value: file.senderName },
    { term: t("file.checksum"), value: <small><code>{file.sha256}</code></small>, note: t("file.checksumNote") },
  ]
  return (
    <>
      <PageHead
        title={title}
        lead={t("file.received", { at: momentText(file.createdAt), sender: file.senderName })}
        back={back}
        actions={<><LinkButton href="#details" icon="details">{t("common.details")}</LinkButton><LinkButton href={download} download icon="download" look="primary">{t("common.download")}</LinkButton></>}
      />
      {file.mediaType === "application/pdf" ? (
        <PdfViewer url={`/api/files/${file.id}?how=view`} downloadHref={download} title={title} labels={pdfLabels(t)} />
      ) : (
        <Notice still title={t("file.notShownTitle")}>{t("file.notShown")}</Notice>
      )}
      <ListSection title={t("file.details")} id="details">
        <DefinitionList items={facts.filter(({ value }) => value)} />
      </ListSection>
      <ListSection title={t("file.whoSees")}>
        <DefinitionList
          items={file.whoSees.map(({ kind, name, reason, endsAt }) => ({
            term: name,
            value: t(`file.why.${reason}.${kind}`),
            note: endsAt && t("file.until", { at: momentText(endsAt) }),
          }))}
        />
      </ListSection>
      {sharing}
    </>
  )
}
