import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { pageFor } from "#auth/page-door.ts"
import { ProfileView } from "#ui/profile-view.tsx"
import { choosePreferencesAction } from "../../(toegang)/preferences.ts"
import { askOwnLinkAction } from "../../(toegang)/wachtwoord/actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") }
}

/** How an employee signs in, and how the portal looks. */
export default async function ProfilePage({ searchParams }: PageProps<"/werknemer/profiel">) {
  const viewer = await pageFor("employee")
  const { bewaard } = await searchParams
  return (
    <Frame viewer={viewer} current="profile">
      <ProfileView username={viewer.username} portal="werknemer" isSaved={bewaard !== undefined} askLinkAction={askOwnLinkAction} preferencesAction={choosePreferencesAction} />
    </Frame>
  )
}
