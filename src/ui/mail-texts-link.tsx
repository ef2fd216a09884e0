import { getTranslations } from "next-intl/server"
import { LinkButton } from "./button.tsx"
import { ListSection } from "./list-section.tsx"

/** On the profile of an owner: the way to what mails say. */
export async function MailTextsLink({ portal }: { portal: "kantoor" | "werkgever" }) {
  const t = await getTranslations("mailTexts")
  return (
    <ListSection title={t("title")}>
      <div className="stack">
        <p className="soft">{t("toTextsLead")}</p>
        <LinkButton href={`/${portal}/mailteksten`}>{t("toTexts")}</LinkButton>
      </div>
    </ListSection>
  )
}
