import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { EmployeeCabinet } from "#domain/dossiers/view-cabinet.ts"
import { listName } from "#policy/person-name.ts"
import { BsnForm, type ShownBsn } from "./bsn.tsx"
import { DossierFiles } from "./dossier-files.tsx"
import type { DossierQuery } from "./dossier-query.ts"
import { Icon } from "./icon.tsx"
import { PageHead } from "./page-head.tsx"
import { EmployeeFacts } from "./party-facts.tsx"
import { PayslipMonths } from "./payslip-months.tsx"
import { YearChips } from "./year-chips.tsx"

type Props = {
  cabinet: EmployeeCabinet
  here: string
  filesAt: string
  back: { href: string; label: string }
  query: DossierQuery
  viewerId: string
  showBsnAction: Action<ShownBsn>
  /** How it stands with getting in. */
  access: ReactNode
}

/** "Werknemerdossier 2026 voor Bakker, N": folded data, the payroll files of the year, and the own files this employee shared. */
export async function EmployeeCabinetView({ cabinet, here, filesAt, back, query, viewerId, showBsnAction, access }: Props) {
  const t = await getTranslations("cabinet")
  const name = listName(cabinet.employee)
  return (
    <>
      <PageHead
        title={t("title", { year: String(cabinet.year), name })}
        lead={t("lead", { number: cabinet.employee.number, employer: cabinet.employer.name })}
        back={back}
        actions={cabinet.years.length > 1 && <YearChips years={cabinet.years} current={cabinet.year} hrefOf={(year) => `${here}?jaar=${year}`} />}
      />
      <PayslipMonths files={cabinet} filesAt={filesAt} />
      <section className="list">
        <details>
          <summary>
            <h2>{t("data")}</h2>
            <Icon name="down" small />
          </summary>
          <div className="within">
            <BsnForm action={showBsnAction}>
              <EmployeeFacts employee={cabinet.employee} employer={cabinet.employer} />
            </BsnForm>
          </div>
        </details>
      </section>
      {access}
      <DossierFiles files={cabinet} here={here} filesAt={filesAt} query={query} viewerId={viewerId} ownerName={name} emptyPayroll={t("emptyPayroll")} emptyOwn={t("emptyOwn")} />
    </>
  )
}
