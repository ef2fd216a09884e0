import { getTranslations } from "next-intl/server"
import { LinkButton } from "./button.tsx"
import { ListSection } from "./list-section.tsx"

/** On the profile of a person: the way to an employer more in the same account. */
export async function LinkEmployment() {
  const t = await getTranslations("linking")
  return (
    <ListSection title={t("title")}>
      <div className="stack">
        <p className="soft">{t("profileLead")}</p>
        <LinkButton href="/koppelen">{t("title")}</LinkButton>
      </div>
    </ListSection>
  )
}
