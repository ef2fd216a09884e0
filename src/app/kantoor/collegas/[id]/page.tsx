import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { askConfirmed, forPage, pageFor } from "#auth/page-door.ts"
import { listClients } from "#domain/parties/list-clients.ts"
import { viewFrame } from "#domain/parties/view-frame.ts"
import { listStaff } from "#domain/staff/list-staff.ts"
import { StaffMemberView } from "#ui/staff-member-view.tsx"
import { changeStaffAction, removeStaffAction } from "../../../(collegas)/staff-actions.ts"
import { Frame } from "../../frame.tsx"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff"))("title") }
}

/** What one colleague may do, to change it, and taking the access away. */
export default async function StaffMemberPage({ params }: PageProps<"/kantoor/collegas/[id]">) {
  const viewer = await pageFor("office")
  const { id } = await params
  const [staff, clients, frame] = await Promise.all([forPage(listStaff(viewer)), forPage(listClients(viewer)), viewFrame(viewer)])
  const member = staff.find((one) => one.roleId === id && !one.isParty && !one.isSelf) ?? notFound()
  await askConfirmed(viewer, `/kantoor/collegas/${id}`)
  return (
    <Frame viewer={viewer} frame={frame} current="profile">
      <StaffMemberView portal="kantoor" party={frame.name} member={member} clients={clients} changeAction={changeStaffAction} removeAction={removeStaffAction} />
    </Frame>
  )
}
