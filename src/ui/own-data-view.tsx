import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { OwnData } from "#domain/parties/view-own-data.ts"
import { BsnForm, type ShownBsn } from "./bsn.tsx"
import { LinkButton } from "./button.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { EmployeeFacts, EmployerFacts, OfficeFacts } from "./party-facts.tsx"
import { SecondStepOffer } from "./second-step-offer.tsx"

type Props = {
  data: OwnData
  portal: "werknemer" | "werkgever" | "kantoor"
  /** Just came in by a new password. */
  isWelcome: boolean
  /** Shows one's own BSN; for an employee. */
  showBsnAction?: Action<ShownBsn>
  /** Offers a second step, where there is none. */
  putOffAction?: Action<never> | undefined
  /** How many deliveries wait for akkoord of an employer. */
  laidBefore?: number
  /** Asked before anything else. */
  question?: ReactNode
}

/** Home, "Mijn gegevens": what payroll last sent about the viewer's own party, and where to go from here. */
export async function OwnDataView({ data, portal, isWelcome, showBsnAction, putOffAction, laidBefore = 0, question }: Props) {
  const t = await getTranslations("ownData")
  return (
    <>
      <PageHead title={t("title")} lead={t(`${portal}.lead`)} />
      <div className="stack full">
        {isWelcome && <Notice kind="good" title={t("welcomeTitle")}>{t(`${portal}.welcome`)}</Notice>}
        {laidBefore > 0 && (
          <Notice still kind="wait" title={t("laidBefore", { count: laidBefore })}>
            <LinkButton look="primary" href="/werkgever/zendingen">{t("toLaidBefore")}</LinkButton>
          </Notice>
        )}
        {question}
        {putOffAction && <SecondStepOffer putOffAction={putOffAction} />}
        {data.kind === "employee" && showBsnAction && (
          <BsnForm action={showBsnAction}>
            <EmployeeFacts employee={data.employee} employer={data.employer} own />
          </BsnForm>
        )}
        {data.kind === "employer" && <EmployerFacts employer={data.employer} officeName={data.officeName} payrollYear={data.payrollYear} />}
        {data.kind === "office" && <OfficeFacts office={data.office} />}
        <div className="line-up">
          {portal === "kantoor" && <LinkButton href="/kantoor/werkgevers" look="primary">{t("toEmployers")}</LinkButton>}
          <LinkButton href={`/${portal}/dossier`} look={portal === "kantoor" ? "quiet" : "primary"}>{t("toDossier")}</LinkButton>
          {portal === "werkgever" && <LinkButton href="/werkgever/werknemers">{t("toEmployees")}</LinkButton>}
          {portal === "werkgever" && <LinkButton href="/werkgever/kantoor">{t("toOffice")}</LinkButton>}
          <LinkButton href={`/${portal}/profiel`}>{t(portal === "kantoor" ? "toProfileOffice" : "toProfile")}</LinkButton>
        </div>
      </div>
    </>
  )
}
