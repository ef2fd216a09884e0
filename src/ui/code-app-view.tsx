import { getTranslations } from "next-intl/server"
import type { Action } from "#auth/action-door.ts"
import type { CodeAppSetUp } from "#domain/second-steps/code-app.ts"
import type { Security } from "#domain/second-steps/view-security.ts"
import { ActionForm } from "./action-form.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field } from "./field.tsx"
import { Notice } from "./notice.tsx"
import { RecoveryForm } from "./recovery-form.tsx"
import { recoveryWords } from "./recovery-words.ts"
import { SubmitButton } from "./submit-button.tsx"

/** The picture to scan, the same secret to type, and the field for the code that confirms it; then the recovery codes. */
export async function CodeAppSetUpView({ setUp, confirmAction, next }: { setUp: CodeAppSetUp; confirmAction: Action<string[]>; next: string }) {
  const t = await getTranslations("codeApp")
  const { size, path } = setUp.qr
  return (
    <RecoveryForm action={confirmAction} words={await recoveryWords()} next={next}>
      <p>{t("scan")}</p>
      <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("picture")} shapeRendering="crispEdges">
        <path d={path} />
      </svg>
      <p>
        {t("orType")} <code className="secret">{setUp.secret}</code>
      </p>
      <p><a href={setUp.address}>{t("openApp")}</a></p>
      <Field name="code" label={t("code")} hint={t("codeHint")} inputMode="numeric" autoComplete="one-time-code" spellCheck={false} short required />
      <SubmitButton wide>{t("confirm")}</SubmitButton>
    </RecoveryForm>
  )
}

type Props = { security: Security; beginAction: Action<never>; turnOffAction: FormAction; renewAction: Action<string[]> }

/** The code app as it stands: to be set up, or on, with another app, new recovery codes, and turning it off. */
export async function CodeAppView({ security, beginAction, turnOffAction, renewAction }: Props) {
  const t = await getTranslations("codeApp")
  const isOn = security.codeAppSince !== null
  return (
    <>
      {isOn && <Notice still kind="good" title={t("onTitle")}>{t("recoveryLeft", { count: security.recoveryLeft })}</Notice>}
      <ActionForm action={beginAction} label={t("begin")}>
        <p className="soft">{t(isOn ? "anotherLead" : "beginLead")}</p>
        <SubmitButton wide look={isOn ? "quiet" : "primary"} name="sure" value="yes">{t(isOn ? "another" : "begin")}</SubmitButton>
      </ActionForm>
      {security.hasSecondStep && (
        <RecoveryForm action={renewAction} words={await recoveryWords()} next="/beveiliging" label={t("renew")}>
          <p className="soft">{t("renewLead")}</p>
          <SubmitButton wide look="quiet" name="sure" value="yes">{t("renew")}</SubmitButton>
        </RecoveryForm>
      )}
      {isOn && !security.mayTurnOff && <p className="soft">{t("mayNotTurnOff")}</p>}
      {isOn && security.mayTurnOff && (
        <ConfirmForm id="uitzetten" trigger={t("turnOff")} look="danger" title={t("turnOffTitle")} sure={t("turnOff")} danger action={turnOffAction} fields={{ sure: "yes" }}>
          <p>{t("turnOffText")}</p>
        </ConfirmForm>
      )}
    </>
  )
}
