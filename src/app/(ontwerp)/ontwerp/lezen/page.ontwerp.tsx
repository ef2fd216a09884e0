import { getTranslations } from "next-intl/server"
import { AppShell } from "#ui/app-shell.tsx"
import { LinkButton } from "#ui/button.tsx"
import { pdfLabels } from "#ui/labels.ts"
import { PageHead } from "#ui/page-head.tsx"
import { PdfViewer } from "#ui/pdf-viewer.tsx"
import { doNothing, nav } from "../../invented.ontwerp.tsx"

/** The viewer, with whatever PDF was put at public/ontwerp/voorbeeld.pdf to look at. */
export default async function ReaderGalleryPage() {
  const t = await getTranslations()
  return (
    <AppShell portal="werknemer" nav={nav} current="/ontwerp/lezen" who={{ name: "Vries, K de", line: "werknemer bij De Korenmaat" }} signOutAction={doNothing}>
      <PageHead title="Loonstrook - maart 2026" lead="Ontvangen op 25-03-2026 09:12" back={{ href: "/ontwerp", label: "Mijn dossier" }} actions={<LinkButton href="/ontwerp/voorbeeld.pdf" download icon="download">Downloaden</LinkButton>} />
      <PdfViewer url="/ontwerp/voorbeeld.pdf" downloadHref="/ontwerp/voorbeeld.pdf" title="Loonstrook - maart 2026" labels={pdfLabels(t)} />
    </AppShell>
  )
}
