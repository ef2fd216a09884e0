import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { mayLinkEmployment } from "#domain/accounts/link-employment.ts"
import { viewPreferences } from "#domain/accounts/preferences.ts"
import { LinkEmployment } from "#ui/link-employment.tsx"
import { KeysLink } from "#ui/keys-link.tsx"
import { MailTextsLink } from "#ui/mail-texts-link.tsx"
import { ProfileView } from "#ui/profile-view.tsx"
import { StaffLink } from "#ui/staff-link.tsx"
import { choosePreferencesAction } from "../../(toegang)/preferences.ts"
import { askOwnLinkAction } from "../../(toegang)/wachtwoord/actions.ts"
import { ClientPayslipMails } from "../../(loonpost)/payslip-mail.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") }
}

/** How an employer signs in, how the portal looks, and what it is mailed. */
export default async function ProfilePage({ searchParams }: PageProps<"/werkgever/profiel">) {
  const viewer = await pageFor("employer", { forOverviews: true })
  const { bewaard } = await searchParams
  const [preferences, mayLink] = await Promise.all([forPage(viewPreferences(viewer)), mayLinkEmployment(viewer)])
  return (
    <Frame viewer={viewer} current="profile">
      <ProfileView username={viewer.username} portal="werkgever" preferences={preferences} isSaved={bewaard !== undefined} askLinkAction={askOwnLinkAction} preferencesAction={choosePreferencesAction} between={<>{viewer.rank === "owner" && <><StaffLink portal="werkgever" /><KeysLink portal="werkgever" /><MailTextsLink portal="werkgever" /><ClientPayslipMails viewer={viewer} employerId={viewer.partyId} /></>}{mayLink && <LinkEmployment />}</>} />
    </Frame>
  )
}
