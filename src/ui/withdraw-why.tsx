import { useTranslations } from "next-intl"
import { mostNote } from "#policy/sender-note.ts"
import { WITHDRAWAL_REASONS } from "#policy/withdrawal-reasons.ts"
import { SelectField, TextField } from "./field.tsx"

/** Why something is withdrawn: a reason of the list, and in words where one likes. */
export function WithdrawWhy() {
  const t = useTranslations("recall")
  return (
    <>
      <SelectField name="reason" label={t("reason")} required options={[{ value: "", label: t("choose") }, ...WITHDRAWAL_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))]} />
      <TextField name="note" label={t("note")} hint={t("noteHint")} rows={3} maxLength={mostNote} optional />
    </>
  )
}
