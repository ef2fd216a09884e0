import { Icon } from "./icon.tsx"

export type Role = { id: string; name: string; line: string; current: boolean }

type Props = {
  who: { name: string; line: string }
  roles: readonly Role[]
  action: (form: FormData) => Promise<void>
  label: string
}

/** For an account with several roles: "Bakker, N · werknemer bij ...". Choosing one posts its id as `role`. */
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
      <form className="leaf" action={action}>
        {roles.map((role) => (
          <button key={role.id} name="role" value={role.id} aria-current={role.current ? "true" : undefined}>
            <b>{role.name}</b>
            {role.line}
          </button>
        ))}
      </form>
    </details>
  )
}
