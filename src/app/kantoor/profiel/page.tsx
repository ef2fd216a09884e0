import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewPreferences } from "#domain/accounts/preferences.ts"
import { KeysLink } from "#ui/keys-link.tsx"
import { MailTextsLink } from "#ui/mail-texts-link.tsx"
import { ProfileView } from "#ui/profile-view.tsx"
import { StaffLink } from "#ui/staff-link.tsx"
import { choosePreferencesAction } from "../../(toegang)/preferences.ts"
import { askOwnLinkAction } from "../../(toegang)/wachtwoord/actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") }
}

/** How an office signs in, how the portal looks, and what it is mailed. */
export default async function ProfilePage({ searchParams }: PageProps<"/kantoor/profiel">) {
  const viewer = await pageFor("office")
  const { bewaard } = await searchParams
  const preferences = await forPage(viewPreferences(viewer))
  return (
    <Frame viewer={viewer} current="profile">
      <ProfileView username={viewer.username} portal="kantoor" preferences={preferences} isSaved={bewaard !== undefined} askLinkAction={askOwnLinkAction} preferencesAction={choosePreferencesAction} between={viewer.rank === "owner" && <><StaffLink portal="kantoor" /><KeysLink portal="kantoor" /><MailTextsLink portal="kantoor" /></>} />
    </Frame>
  )
}
