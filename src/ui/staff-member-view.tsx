import { getTranslations } from "next-intl/server"
import type { StaffMember } from "#domain/staff/list-staff.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { PageHead } from "./page-head.tsx"
import { StaffRights } from "./staff-rights.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  /** The name of the office or employer. */
  party: string
  member: StaffMember
  clients: readonly { id: string; name: string }[]
  changeAction: FormAction
  removeAction: FormAction
}

/** One colleague: what he or she may do, and taking the access away. */
export async function StaffMemberView({ portal, party, member, clients, changeAction, removeAction }: Props) {
  const t = await getTranslations()
  const name = member.name ?? member.username
  return (
    <>
      <PageHead title={t("staff.changeTitle", { name })} lead={t("staff.changeLead")} back={{ href: `/${portal}/collegas`, label: t("staff.back") }} />
      <div className="stack full">
        <ActionForm action={changeAction} label={t("staff.changeTitle", { name })}>
          <input type="hidden" name="roleId" value={member.roleId} />
          <StaffRights portal={portal} clients={clients} rank={member.rank} chosen={member.clients} />
          <SubmitButton>{t("common.save")}</SubmitButton>
        </ActionForm>
        <div className="line-up">
          <ConfirmForm id="weghalen" trigger={t("staff.remove")} look="danger" danger title={t("staff.removeTitle", { name })} sure={t("staff.remove")} action={removeAction} fields={{ roleId: member.roleId }}>
            <p>{t("staff.removeLead", { name, party })}</p>
          </ConfirmForm>
        </div>
      </div>
    </>
  )
}
