import { getTranslations } from "next-intl/server"
import type { Access } from "#domain/parties/access.ts"
import { Tag } from "./tag.tsx"

const looks = { active: "good", invited: "wait", "not-invited": "past", "no-email": "bad" } as const satisfies Record<Access, "good" | "wait" | "past" | "bad">

/** Where somebody stands with getting in, in a word. */
export async function AccessTag({ access }: { access: Access }) {
  const t = await getTranslations("access")
  return <Tag state={looks[access]}>{t(access)}</Tag>
}
