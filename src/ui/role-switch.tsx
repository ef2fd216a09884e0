import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { Icon } from "./icon.tsx"

export type Role = { id: string; name: string; line: string; current: boolean }

type Props = {
  who: { name: string; line: string }
  roles: readonly Role[]
  action: Action<never>
  label: string
}

/** For an account with several roles: "Bakker, N · werknemer bij ...". Choosing one posts its id as `role`. Needs no JavaScript. */
export function RoleSwitch({ who, roles, action, label }: Props) {
  return (
    <details className="menu" name="menu">
      <summary>
        <span className="me">
          <b>{who.name}</b>
          {who.line}
        </span>
        <Icon name="profile" />
        <span className="vh">{label}</span>
        <Icon name="down" small />
      </summary>
      <ActionForm action={action} className="leaf" label={label}>
        {roles.map((role) => (
          <button key={role.id} name="role" value={role.id} aria-current={role.current ? "true" : undefined}>
            <b>{role.name}</b>
            {role.line}
          </button>
        ))}
      </ActionForm>
    </details>
  )
}
