import { getLocale, getTranslations } from "next-intl/server"
import type { ReactNode } from "react"
import type { EmployeeData, EmployerData, OfficeData } from "#domain/parties/party-views.ts"
import { letterName } from "#policy/person-name.ts"
import { showPostcode } from "#policy/postcode.ts"
import { Bsn } from "./bsn.tsx"
import { calendarDateText } from "./dates.ts"
import { DefinitionList } from "./definition-list.tsx"

/** An employee's data as payroll last sent them. The private address is shown to the employee alone (`own`): nobody else has a use for it. A BSN is masked, and its button needs a BsnForm around this. */
export async function EmployeeFacts({ employee, employer, own = false }: { employee: EmployeeData; employer: { name: string; city: string | null }; own?: boolean }) {
  const t = await getTranslations("ownData")
  const name = letterName(employee)
  return (
    <DefinitionList
      items={[
        { term: t("name"), value: name },
        { term: t("personnelNumber"), value: employee.number },
        { term: t("birthDate"), value: employee.birthDate && calendarDateText(employee.birthDate.toISOString()) },
        { term: t("bsn"), value: employee.hasBsn && <Bsn of={employee.id} show={t("show")} label={t("showBsnOf", { name })} />, note: employee.hasBsn && t("bsnNote") },
        { term: t("employer"), value: [employer.name, employer.city].filter(Boolean).join(", ") },
        { term: t("workEmail"), value: mailLink(employee.contactEmail) },
        ...(own ? [{ term: t("privateEmail"), value: mailLink(employee.privateEmail) }] : []),
        { term: t("phone"), value: phoneLink(employee.phone) },
        ...(await addressOf({ ...employee, country: employee.country === homeCountry ? null : employee.country })),
      ]}
    />
  )
}

/** An employer's data; `officeName` is the office that works for it now, `payrollYear` the newest year that something came of. */
export async function EmployerFacts({ employer, officeName, payrollYear }: { employer: EmployerData; officeName?: string | null; payrollYear?: number | null }) {
  const t = await getTranslations("ownData")
  return (
    <DefinitionList
      items={[
        { term: t("name"), value: employer.name },
        { term: t("number"), value: employer.number },
        { term: t("wageTaxNumber"), value: employer.wageTaxNumber },
        ...(await addressOf({ ...employer, country: homeCountry })),
        { term: t("email"), value: mailLink(employer.email) },
        { term: t("phone"), value: phoneLink(employer.phone) },
        ...(payrollYear === undefined ? [] : [{ term: t("payrollYear"), value: payrollYear }]),
        ...(officeName === undefined ? [] : [{ term: t("office"), value: officeName ?? t("noOffice") }]),
      ]}
    />
  )
}

/** An office's data. */
export async function OfficeFacts({ office }: { office: OfficeData }) {
  const t = await getTranslations("ownData")
  return (
    <DefinitionList
      items={[
        { term: t("name"), value: office.name },
        { term: t("clientNumber"), value: office.clientNumber },
        ...(await addressOf(office)),
        { term: t("email"), value: mailLink(office.email) },
        { term: t("phone"), value: phoneLink(office.phone) },
      ]}
    />
  )
}

/** An employer's address is a Dutch one: its postcode is held to the Dutch shape. Of a person only a country abroad is named. */
const homeCountry = "NL"

type Address = { street: string | null; houseNumber: string | null; postcode: string | null; city: string | null; country?: string | null }

async function addressOf({ street, houseNumber, postcode, city, country }: Address) {
  const t = await getTranslations("ownData")
  const named = country ? countryName(country, await getLocale()) : null
  return [
    { term: t("street"), value: [street, houseNumber].filter(Boolean).join(" ") },
    { term: t("city"), value: [postcode && showPostcode(postcode), city].filter(Boolean).join(" ") },
    ...(named ? [{ term: t("country"), value: city && named }] : []),
  ]
}

function countryName(code: string, locale: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code) : code
}

function mailLink(address: string | null): ReactNode {
  return address && <a href={`mailto:${address}`}>{address}</a>
}

function phoneLink(phone: string | null): ReactNode {
  return phone && <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
}
