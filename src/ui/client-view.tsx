import { getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { Action } from "#auth/action-door.ts"
import type { DeliverySummary } from "#domain/deliveries/delivery-views.ts"
import type { EmployerCabinet } from "#domain/dossiers/view-cabinet.ts"
import { ActionForm } from "./action-form.tsx"
import { LinkButton } from "./button.tsx"
import { DeliveryList } from "./delivery-list.tsx"
import { DossierFiles } from "./dossier-files.tsx"
import type { DossierQuery } from "./dossier-query.ts"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"
import { Icon } from "./icon.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { EmployerFacts } from "./party-facts.tsx"
import { SubmitButton } from "./submit-button.tsx"
import { YearChips } from "./year-chips.tsx"

type Props = {
  cabinet: EmployerCabinet
  /** The newest, as many as are shown. */
  deliveries: readonly DeliverySummary[]
  query: DossierQuery
  viewerId: string
  /** Just added: says what comes next. */
  isNew: boolean
  /** False for who may only read. */
  mayChange: boolean
  startDelivery: Action<void>
  /** How it stands with getting in. */
  access: ReactNode
  /** What the office asks of this client. */
  settings: ReactNode
}

/** A client's cabinet as its office sees it: folded data, deliveries, and what this office delivered in a year. */
export async function ClientCabinet({ cabinet, deliveries, query, viewerId, isNew, mayChange, startDelivery, access, settings }: Props) {
  const t = await getTranslations("clients")
  const { employer, year, years } = cabinet
  const here = `/kantoor/werkgevers/${employer.id}`
  const toImport = mayChange && <LinkButton look={isNew ? "primary" : "quiet"} icon="add" href={`${here}/werknemers/importeren`}>{t("import")}</LinkButton>
  return (
    <>
      <PageHead
        title={employer.name}
        lead={[employer.wageTaxNumber, employer.city].filter(Boolean).join(" · ")}
        back={{ href: "/kantoor/werkgevers", label: t("title") }}
        actions={
          <>
            <LinkButton icon="employees" href={`${here}/werknemers`}>{t("employees")}</LinkButton>
            <LinkButton icon="backups" href={`${here}/back-ups`}>{t("backups")}</LinkButton>
            {mayChange && <ActionForm action={startDelivery} className="inline">
              <input type="hidden" name="employerId" value={employer.id} />
              <SubmitButton look={isNew ? "quiet" : "primary"}>{t("newDelivery")}</SubmitButton>
            </ActionForm>}
          </>
        }
      />
      {isNew && (
        <Notice kind="good" title={t("added", { name: employer.name })}>
          <p>{t("addedNext")}</p>
          {toImport}
        </Notice>
      )}
      <section className="list">
        <details open={isNew}>
          <summary>
            <h2>{t("data")}</h2>
            <Icon name="down" small />
          </summary>
          <div className="within">
            <EmployerFacts employer={employer} />
          </div>
        </details>
      </section>
      {access}
      {settings}
      <FileSection id="zendingen" title={t("deliveries")} count={deliveries.length}>
        {deliveries.length > 0 ? <DeliveryList deliveries={deliveries} href="/kantoor/zendingen" /> : <EmptyState title={t("deliveriesEmpty")} action={isNew ? undefined : toImport}>{t("deliveriesEmptyLead")}</EmptyState>}
      </FileSection>
      {years.length > 1 && (
        <div className="between">
          <YearChips years={years} current={year} hrefOf={(one) => `${here}?jaar=${one}`} />
        </div>
      )}
      <DossierFiles files={cabinet} here={here} filesAt="/kantoor/bestanden" query={query} viewerId={viewerId} ownerName={employer.name} emptyPayroll={t("payrollEmptyLead", { year: String(year) })} emptyOwn={t("sharedEmpty")} />
    </>
  )
}
