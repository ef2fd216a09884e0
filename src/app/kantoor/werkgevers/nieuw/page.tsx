import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageFor } from "#auth/page-door.ts"
import { ClientForm } from "#ui/client-form.tsx"
import { PageHead } from "#ui/page-head.tsx"
import { Frame } from "../../frame.tsx"
import { addEmployerAction } from "./add-employer-action.ts"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clients"))("add") }
}

/** "Werkgever toevoegen". */
export default async function AddClientPage() {
  const viewer = await pageFor("office")
  const t = await getTranslations("clients")
  return (
    <Frame viewer={viewer} current="employers">
      <PageHead title={t("add")} lead={t("addLead")} back={{ href: "/kantoor/werkgevers", label: t("title") }} />
      <ClientForm action={addEmployerAction} />
    </Frame>
  )
}
