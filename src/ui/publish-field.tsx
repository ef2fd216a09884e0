import { getTranslations } from "next-intl/server"
import { clockTextOf } from "#policy/dutch-moment.ts"
import { Field } from "./field.tsx"

/** "Zichtbaar vanaf": a day and time in Dutch time; empty is at once, where that is a choice. */
export async function PublishField({ name, at, optional = true }: { name: string; at: Date | null; optional?: boolean }) {
  const t = await getTranslations("publish")
  return <Field type="datetime-local" name={name} label={t("field")} hint={t(optional ? "fieldHint" : "zone")} defaultValue={at ? clockTextOf(at) : ""} optional={optional} />
}
