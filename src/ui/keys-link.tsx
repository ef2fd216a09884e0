import { getTranslations } from "next-intl/server"
import { LinkButton } from "./button.tsx"
import { ListSection } from "./list-section.tsx"

/** On the profile of an owner: the way to what programs are connected. */
export async function KeysLink({ portal }: { portal: "kantoor" | "werkgever" }) {
  const t = await getTranslations("apiKeys")
  return (
    <ListSection title={t("toKeys")}>
      <div className="stack">
        <p className="soft">{t("toKeysLead")}</p>
        <LinkButton href={`/${portal}/koppelingen`}>{t("toKeysLink")}</LinkButton>
      </div>
    </ListSection>
  )
}
