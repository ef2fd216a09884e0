import { getTranslations } from "next-intl/server"
import type { MailboxView } from "#domain/mailboxes/mailbox-views.ts"
import { mostPace, usualPace } from "#policy/mailbox-pace.ts"
import { mailboxPresets, presetKeys, SIGN_IN_BY } from "#policy/mailbox-presets.ts"
import { MAIL_SECURITIES } from "#policy/mailbox-server.ts"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field, SelectField } from "./field.tsx"
import { PasswordField } from "./password-field.tsx"
import { SubmitButton } from "./submit-button.tsx"

type Props = { mailbox: MailboxView | null; party: string; action: FormAction }

const plain = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const

/** The settings of the own mailbox. What is known of a provider need not be filled in; a password never comes back. */
export async function MailboxForm({ mailbox, party, action }: Props) {
  const t = await getTranslations("mailbox")
  const preset = mailbox ? (mailbox.preset ?? "other") : "auto"
  const own = mailbox?.preset === null ? mailbox : null
  const ownName = mailbox && mailbox.username !== mailbox.address ? mailbox.username : ""
  const providers = [{ value: "auto", label: t("auto") }, ...presetKeys.map((value) => ({ value, label: mailboxPresets[value].name })), { value: "other", label: t("other") }]
  const keepsPassword = mailbox?.signInBy === "password" && mailbox.hasSecret
  return (
    <ActionForm action={action} label={t("settings")}>
      <Field name="address" label={t("address")} hint={t("addressHint")} type="email" required maxLength={254} defaultValue={mailbox?.address} {...plain} />
      <Field name="name" label={t("name")} required maxLength={100} autoComplete="organization" defaultValue={mailbox?.name ?? party} />
      <SelectField name="provider" label={t("provider")} hint={t("providerHint")} defaultValue={preset} options={providers} />
      <fieldset className="field">
        <legend>{t("ownServer")}</legend>
        <div className="form">
          <Field name="host" label={t("host")} hint={t("hostHint")} maxLength={253} inputMode="url" defaultValue={own?.host} {...plain} />
          <Field name="port" label={t("port")} short inputMode="numeric" maxLength={5} defaultValue={own?.port ?? 587} {...plain} />
          <SelectField name="security" label={t("security")} defaultValue={own?.security ?? "starttls"} options={MAIL_SECURITIES.map((value) => ({ value, label: t(`securities.${value}`) }))} />
        </div>
      </fieldset>
      <SelectField name="signInBy" label={t("signInBy")} defaultValue={mailbox?.signInBy ?? "password"} options={SIGN_IN_BY.map((value) => ({ value, label: t(`signInBys.${value}`) }))} />
      <Field name="username" label={t("username")} hint={t("usernameHint")} optional maxLength={254} defaultValue={ownName} {...plain} />
      <PasswordField name="password" label={t("password")} hint={t(keepsPassword ? "passwordKept" : "passwordHint")} optional autoComplete="new-password" />
      <SelectField name="copyAs" label={t("copyAs")} hint={t("copyHint")} defaultValue={mailbox?.copy?.as ?? "none"} options={(["none", "cc", "bcc"] as const).map((value) => ({ value, label: t(`copies.${value}`) }))} />
      <Field name="copyTo" label={t("copyTo")} optional type="email" maxLength={254} defaultValue={mailbox?.copy?.to} {...plain} />
      <fieldset className="field">
        <legend>{t("pace")}</legend>
        <p className="hint">{t("paceHint")}</p>
        <div className="form">
          {(["perMinute", "perDay"] as const).map((name) => <Field key={name} name={name} label={t(name)} short inputMode="numeric" required maxLength={`${mostPace[name]}`.length} defaultValue={mailbox?.[name] ?? usualPace[name]} {...plain} />)}
        </div>
      </fieldset>
      <SelectField name="readsBounces" label={t("reads")} hint={t("readsHint")} defaultValue={mailbox?.reading ? "yes" : "no"} options={(["no", "yes"] as const).map((value) => ({ value, label: t(`readings.${value}`) }))} />
      <fieldset className="field">
        <legend>{t("ownImap")}</legend>
        <div className="form">
          <Field name="imapHost" label={t("imapHost")} hint={t("imapHostHint")} maxLength={253} inputMode="url" defaultValue={own?.reading?.host} {...plain} />
          <Field name="imapPort" label={t("imapPort")} short inputMode="numeric" maxLength={5} defaultValue={own?.reading?.port ?? 993} {...plain} />
        </div>
      </fieldset>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  )
}
