import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import { ActionForm } from "./action-form.tsx"
import { Field, SelectField } from "./field.tsx"
import { SubmitButton } from "./submit-button.tsx"

/** A new client of an office. */
export async function ClientForm({ action }: { action: Action<void> }) {
  const t = await getTranslations("clients")
  return (
    <ActionForm action={action} label={t("add")}>
      <Field name="name" label={t("name")} hint={t("nameHint")} required autoComplete="off" maxLength={200} />
      <Field name="wageTaxNumber" label={t("wageTaxNumber")} hint={t("wageTaxNumberHint")} required autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} />
      <Field name="number" label={t("number")} hint={t("numberHint")} optional short autoComplete="off" maxLength={40} />
      <SelectField
        name="periodKind"
        label={t("periodKind")}
        defaultValue="month"
        options={[{ value: "month", label: t("periodMonth") }, { value: "four-weeks", label: t("periodFourWeeks") }]}
      />
      <Field name="email" label={t("email")} hint={t("emailHint")} optional inputMode="email" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={254} />
      <Field name="phone" label={t("phone")} optional type="tel" autoComplete="off" maxLength={40} />
      <Field name="street" label={t("street")} optional autoComplete="off" maxLength={100} />
      <Field name="houseNumber" label={t("houseNumber")} optional short autoComplete="off" maxLength={20} />
      <Field name="postcode" label={t("postcode")} optional short autoComplete="off" maxLength={10} />
      <Field name="city" label={t("city")} optional autoComplete="off" maxLength={100} />
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  )
}
