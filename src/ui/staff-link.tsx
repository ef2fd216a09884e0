import { getTranslations } from "next-intl/server"
import { LinkButton } from "./button.tsx"
import { ListSection } from "./list-section.tsx"

/** On the profile of an owner: the way to who may sign in. */
export async function StaffLink({ portal }: { portal: "kantoor" | "werkgever" }) {
  const t = await getTranslations("staff")
  return (
    <ListSection title={t("toStaff")}>
      <div className="stack">
        <p className="soft">{t("toStaffLead")}</p>
        <LinkButton href={`/${portal}/collegas`}>{t("toStaffLink")}</LinkButton>
      </div>
    </ListSection>
  )
}
