import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { forPage, pageFor } from "#auth/page-door.ts"
import { viewPreferences } from "#domain/accounts/preferences.ts"
import { viewPrivateEmail } from "#domain/accounts/private-email.ts"
import { now } from "#platform/clock.ts"
import { LinkEmployment } from "#ui/link-employment.tsx"
import { PrivateEmail } from "#ui/private-email.tsx"
import { ProfileView } from "#ui/profile-view.tsx"
import { changePrivateEmailAction, choosePreferencesAction } from "../../(toegang)/preferences.ts"
import { askOwnLinkAction } from "../../(toegang)/wachtwoord/actions.ts"
import { OwnPayslipMails } from "../../(loonpost)/payslip-mail.tsx"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") }
}

/** How an employee signs in, how the portal looks, and what it is mailed. */
export default async function ProfilePage({ searchParams }: PageProps<"/werknemer/profiel">) {
  const viewer = await pageFor("employee")
  const { bewaard } = await searchParams
  const [preferences, email] = await Promise.all([forPage(viewPreferences(viewer)), forPage(viewPrivateEmail(viewer, now()))])
  return (
    <Frame viewer={viewer} current="profile">
      <ProfileView username={viewer.username} portal="werknemer" preferences={preferences} isSaved={bewaard !== undefined} askLinkAction={askOwnLinkAction} preferencesAction={choosePreferencesAction} between={<><PrivateEmail email={email} action={changePrivateEmailAction} /><OwnPayslipMails viewer={viewer} /><LinkEmployment /></>} />
    </Frame>
  )
}
