import { useLocale, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { FilesOfYear } from "#domain/files/files-of-dossier.ts"
import type { Locale } from "#messages/locale.ts"
import { mayChange, seesParty, type Rank } from "#policy/ranks.ts"
import type { FormAction } from "./delivery-words.ts"
import { DossierFiles } from "./dossier-files.tsx"
import type { DossierQuery } from "./dossier-query.ts"
import { periodOf } from "./file-naming.ts"
import { periodName, type Translator } from "./file-title.ts"
import { uploadLabels } from "./labels.ts"
import { ownFileAccept } from "./own-file-kinds.ts"
import { OwnUploads } from "./own-uploads.tsx"
import { PageHead } from "./page-head.tsx"
import { PayslipMonths } from "./payslip-months.tsx"
import { PlainUpload } from "./plain-upload.tsx"
import { sizeText } from "./sizes.ts"
import { YearChips } from "./year-chips.tsx"

type Props = {
  files: FilesOfYear
  /** The most that one own file may weigh, in bytes. */
  uploadLimit: number
  portal: "werknemer" | "werkgever" | "kantoor"
  query: DossierQuery
  viewerId: string
  /** What the viewer may do: who may only read uploads nothing and ticks nothing, who sees the overviews alone has no other files and no bin. */
  rank: Rank
  bulkAction: FormAction
  /** What was just done with files, with the way back. */
  notices?: ReactNode
}

/** "Mijn dossier 2026": the year, its months for an employee, the payroll files and the other files. */
export function DossierView({ files, uploadLimit, portal, query, viewerId, rank, bulkAction, notices }: Props) {
  const all = useTranslations()
  const [t, own, locale] = [useTranslations("dossier"), useTranslations("ownFiles"), useLocale()]
  const ownWords = { camera: own("camera"), together: own("together"), togetherHint: own("togetherHint"), pdfName: own("pdfName"), make: own("make"), changed: own("changed") }
  const limit = sizeText(uploadLimit, locale)
  const uploads = (
    <>
      <PlainUpload limit={limit} accept={ownFileAccept} />
      <OwnUploads limit={uploadLimit} accept={ownFileAccept} hint={own("hint", { limit })} labels={uploadLabels(all)} own={ownWords} />
    </>
  )
  const sees = seesParty(rank)
  const here = `/${portal}/dossier`
  const filesAt = `/${portal}/bestanden`
  return (
    <>
      <PageHead
        title={t("title", { year: String(files.year) })}
        lead={leadOf(all, files, locale)}
        actions={files.years.length > 1 && <YearChips years={files.years} current={files.year} hrefOf={(year) => `${here}?jaar=${year}`} />}
      />
      {notices}
      {portal === "werknemer" && <PayslipMonths files={files} filesAt={filesAt} marksUnread />}
      <DossierFiles files={files} here={here} filesAt={filesAt} query={query} viewerId={viewerId} bulkAction={mayChange(rank) ? bulkAction : undefined} marksUnread uploads={mayChange(rank) && uploads} emptyPayroll={t(sees ? `${portal}.emptyPayroll` : "emptyOverviews")} emptyOwn={sees && t(`${portal}.emptyOwn`)} />
      {sees ? <p className="foot">{t(`${portal}.foot`)} <a href={`/${portal}/prullenbak`}>{t("toBin")}</a></p> : <p className="foot">{t("footOverviews")}</p>}
    </>
  )
}

/** What is new in this year, in one sentence: the months while there are few, and else how many. */
function leadOf(t: Translator, { payroll }: FilesOfYear, locale: Locale): string | undefined {
  const unread = payroll.filter((file) => !file.read)
  if (payroll.length === 0) return undefined
  if (unread.length === 0) return t("dossier.allRead")
  const periods = unread.filter((file) => file.kind === "payslip").map(periodOf)
  const names = periods.flatMap((period) => (period ? [periodName(t, period)] : [])).reverse()
  if (names.length !== unread.length || names.length > 3) return t("dossier.newFiles", { count: unread.length })
  const list = new Intl.ListFormat(locale, { type: "conjunction" }).format(names)
  return t("dossier.newPayslips", { count: names.length, periods: list })
}
