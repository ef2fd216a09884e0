import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { NotFoundView } from "#ui/page-words.tsx"

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("errors.page")
  return { title: t("notFoundTitle") }
}

/** Shown for an address that does not exist and for what the viewer cannot see: nobody learns which of the two it is. */
export default function NotFoundPage() {
  return <NotFoundView />
}
