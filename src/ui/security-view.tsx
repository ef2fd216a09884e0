import { getTranslations } from "next-intl/server"
import type { Security } from "#domain/second-steps/view-security.ts"
import { DefinitionList } from "./definition-list.tsx"
import { Notice } from "./notice.tsx"

type Props = {
  security: Security
  username: string
  /** A client number cannot change. */
  isOffice: boolean
  /** What has just happened. */
  news: "recoveryUsed" | "turnedOff" | null
  /** The way back. */
  profile: string
}

/** The ways into an account: each with how it stands and where to change it. */
export async function SecurityView({ security, username, isOffice, news, profile }: Props) {
  const t = await getTranslations("security")
  const { hasPassword, codeAppSince, recoveryLeft, hasSecondStep, passkeys } = security
  const change = (href: string, label: string) => <a href={href}>{label}</a>
  const items = [
    { term: t(isOffice ? "clientNumber" : "username"), value: username, note: isOffice ? t("clientNumberFixed") : change("/beveiliging/gebruikersnaam", t("changeUsername")) },
    { term: t("password"), value: t(hasPassword ? "passwordSet" : "passwordNone"), note: change("/beveiliging/wachtwoord", t("changePassword")) },
    {
      term: t("secondStep"),
      value: t(codeAppSince ? "codeAppOn" : passkeys.length > 0 ? "passkeyIsBoth" : "secondStepOff"),
      note: <>{hasSecondStep && <>{t("recoveryLeft", { count: recoveryLeft })}<br /></>}{change("/beveiliging/tweede-stap", t(codeAppSince ? "changeSecondStep" : "setUpSecondStep"))}</>,
    },
    { term: t("passkeys"), value: t("passkeyCount", { count: passkeys.length }), note: change("/beveiliging/toegangssleutels", t("changePasskeys")) },
    { term: t("devices"), value: t("devicesLead"), note: change("/beveiliging/apparaten", t("toDevices")) },
  ]
  return (
    <>
      {news === "recoveryUsed" && <Notice kind="wait" title={t("recoveryUsedTitle")}>{t("recoveryUsed", { count: recoveryLeft })}</Notice>}
      {news === "turnedOff" && <Notice kind="good" title={t("turnedOff")} />}
      <DefinitionList items={items} />
      <a href={profile}>{t("toProfile")}</a>
    </>
  )
}
