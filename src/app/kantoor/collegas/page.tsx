import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { listStaff } from "#domain/staff/list-staff.ts"
import { StaffView } from "#ui/staff-view.tsx"
import { addStaffAction } from "../../(collegas)/staff-actions.ts"
import { Frame } from "../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff"))("title") }
}

/** Who may sign in for this office, and adding somebody. */
export default async function StaffPage({ searchParams }: PageProps<"/kantoor/collegas">) {
  const viewer = await pageFor("office")
  const { gedaan } = await searchParams
  const [staff, clients, frame] = await Promise.all([forPage(listStaff(viewer)), forPage(listClients(viewer)), viewFrame(viewer)])
  await askConfirmed(viewer, "/kantoor/collegas")
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <StaffView portal="kantoor" party={frame.name} staff={staff} clients={clients} done={gedaan} addAction={addStaffAction} />
    </Frame>
  )
}
