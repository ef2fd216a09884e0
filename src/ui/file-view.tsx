import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { FileDetails } from "#domain/files/view-file.ts"
import type { NeighbourRow } from "#domain/files/view-neighbours.ts"
import type { FileOpenings } from "#domain/files/view-openings.ts"
import { shownAs } from "#policy/shown-media.ts"
import { LinkButton } from "./button.tsx"
import { dayText, momentText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"
import { type FileList, fileListQuery, neighboursOf } from "./file-list.ts"
import { kindOf, nameOf, periodOf } from "./file-naming.ts"
import { periodInYear } from "./file-title.ts"
import { ImageViewer } from "./image-viewer.tsx"
import { pdfLabels } from "./labels.ts"
import { ListSection } from "./list-section.tsx"
import { NeighbourLinks } from "./neighbour-links.tsx"
import { Notice } from "./notice.tsx"
import { OpenedBy } from "./opened-by.tsx"
import { PageHead } from "./page-head.tsx"
import { PdfViewer } from "./pdf-viewer.tsx"
import { sizeText } from "./sizes.ts"

type Props = {
  file: FileDetails
  back: { href: string; label: string }
  /** The list it was opened from, what stands around it there, and where files open. */
  from: FileList
  around: readonly NeighbourRow[]
  filesAt: string
  opened: FileOpenings
  /** Whether `opened` is of everybody, or of this account alone. */
  seesAllOpenings: boolean
  /** With whom it is shared, for whoever may share it. */
  sharing?: ReactNode
  /** What stands above it when it is over, and below its details what its sender may do about that. */
  notice?: ReactNode
  recall?: ReactNode
}

/** A file on a page of its own: read it here, download it, its details, who sees it and who opened it. PDFs and pictures are shown; the rest is downloaded. */
export async function FileView({ file, back, from, around, filesAt, opened, seesAllOpenings, sharing, notice, recall }: Props) {
  const t = await getTranslations()
  const shown = shownAs(file.mediaType)
  const view = { url: `/api/files/${file.id}?how=view`, downloadHref: `/api/files/${file.id}?how=download`, labels: pdfLabels(t) }
  const openedHref = (page: number) => `${filesAt}/${file.id}?${new URLSearchParams([...new URLSearchParams(fileListQuery(from)), ["geopend", String(page)]])}#geopend`
  const title = nameOf(t, file)
  const period = periodOf(file)
  const download = `/api/files/${file.id}?how=download`
  const facts = [
    { term: t("file.kind"), value: t(`documentKinds.${kindOf(file)}`) },
    { term: t("file.period"), value: period && periodInYear(t, period) },
    { term: t("file.size"), value: sizeText(file.size, await getLocale()) },
    { term: t("file.createdAt"), value: momentText(file.createdAt) },
    { term: t("file.sender"), value: file.senderName },
    { term: t("payslipMail.mailedAt"), value: file.mailedAt && momentText(file.mailedAt) },
    { term: t("ownFiles.scan"), value: file.origin === "own" && (file.scannedAt ? t("ownFiles.scanned", { at: momentText(file.scannedAt) }) : t("ownFiles.notScanned")) },
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
      <NeighbourLinks {...neighboursOf(t, file.id, around, from, filesAt)} />
      {notice}
      {shown === "document" && <PdfViewer {...view} title={title} />}
      {shown === "picture" && <ImageViewer {...view} title={title} />}
      {shown === null && <Notice still title={t("file.notShownTitle")}>{t("file.notShown")}</Notice>}
      <ListSection title={t("file.details")} id="details">
        <DefinitionList items={facts.filter(({ value }) => value)} />
      </ListSection>
      <ListSection title={t("file.whoSees")}>
        <DefinitionList
          named
          items={file.whoSees.map(({ kind, name, count, reason, endsAt }) => ({
            ...(kind === "overviews"
              ? { term: t("file.overviewers"), value: t("file.overviewersWhy") }
              : { term: name ?? t(`file.others.${kind}`, { count }), value: t(`file.why.${reason}.${kind}`) }),
            note: endsAt && t("sharing.until", { date: dayText(new Date(endsAt.getTime() - 1)) }),
          }))}
        />
      </ListSection>
      {sharing}
      {recall}
      <OpenedBy opened={opened} seesAll={seesAllOpenings} hrefOf={openedHref} />
    </>
  )
}
