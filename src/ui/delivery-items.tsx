import { getLocale, getTranslations } from "next-intl/server"
import type { Parked } from "#domain/deliveries/plan-parts.ts"
import type { DeliveryItemView } from "#domain/deliveries/view-delivery.ts"
import type { Locale } from "#messages/locale.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { Browse } from "./browse.tsx"
import { DataTable, type Column } from "./data-table.tsx"
import { itemTitle, pagesText, periodText } from "./delivery-words.ts"
import { kindOf } from "./file-naming.ts"
import { sought } from "./file-order.ts"
import { FileSection } from "./file-section.tsx"
import type { Translator } from "./file-title.ts"
import { ListSection } from "./list-section.tsx"
import { sizeText } from "./sizes.ts"
import { SoftLink } from "./soft-link.tsx"
import { Tag } from "./tag.tsx"

type Row = DeliveryItemView
type Props = { items: readonly Row[]; hrefOf: (item: Row) => string }

const states = { green: "good", amber: "wait", red: "bad" } as const
const perPage = 200
/** Where the list of a row per person stands. */
export const employeesId = "per-werknemer"

/** The word on where a document stands: why it waits, or what the check found. */
export async function ItemState({ item, sent = false }: { item: Row; sent?: boolean }) {
  const t = await getTranslations()
  if (item.parked !== null) return <Tag state="bad">{t(`parked.${parkedReason(item.parked)}`)}</Tag>
  if (sent) return <Tag state="good">{t("delivery.states.sent")}</Tag>
  return <Tag state={states[item.check.level]}>{t(`checks.${item.check.code}`)}</Tag>
}

/** What waits for a person, on top of everything: the reason, and the way to choose. */
export async function ParkedItems({ items, hrefOf, mayDrag = false }: Props & { mayDrag?: boolean }) {
  const t = await getTranslations()
  if (items.length === 0) return null
  const name: Column<Row> = { title: t("delivery.what"), card: "name", cell: (item) => <SoftLink href={hrefOf(item)}>{itemTitle(t, item)}</SoftLink> }
  const state: Column<Row> = { title: t("delivery.reason"), card: "tag", cell: (item) => <ItemState item={item} /> }
  const see: Column<Row> = {
    title: t("ui.file.actions"), card: "actions",
    cell: (item) => <SoftLink className="btn" href={hrefOf(item)} aria-label={`${t("assign.title")}: ${nameOf(t, item)}`}>{t("assign.title")}</SoftLink>,
  }
  return (
    <ListSection id="wacht" title={t("delivery.parked")} remark={`(${items.length})`}>
      <p className="soft under">{t("delivery.parkedLead")} {mayDrag && <span className="by-mouse">{t("delivery.parkedDrag")}</span>}</p>
      <DataTable caption={t("delivery.parked")} rows={items} keyOf={(item) => item.id} stateOf={() => "bad"} columns={[name, pages(t), state, see]} />
    </ListSection>
  )
}

/** Who gets what: one row per document of an employee. `all` are the rows before searching, `href` the address of the delivery; `checked` says what the check found. */
export async function EmployeeItems({ items, all, hrefOf, href, q, page, sent, checked }: Props & { all: number; href: string; q: string; page: number; sent: boolean; checked: boolean }) {
  const t = await getTranslations()
  if (all === 0) return null
  const last = Math.max(1, Math.ceil(items.length / perPage))
  const shown = Math.min(Math.max(1, page), last)
  const rows = items.slice((shown - 1) * perPage, shown * perPage)
  const pageHref = (wanted: number) => `${href}?${new URLSearchParams({ ...(q ? { q } : {}), pagina: String(wanted) })}`
  const number: Column<Row> = { title: t("delivery.number"), card: "line", labelled: true, numeric: true, cell: (item) => item.employee?.number }
  const name: Column<Row> = { title: t("delivery.name"), card: "name", cell: (item) => <SoftLink href={hrefOf(item)}>{item.employee?.name}</SoftLink> }
  const state: Column<Row> = { title: t("delivery.state"), card: "tag", cell: (item) => <ItemState item={item} sent={sent} /> }
  return (
    <FileSection id={employeesId} title={t("delivery.perEmployee")} count={all} find={all > perPage ? "server" : "page"} query={{ name: "q", value: q }}>
      <DataTable caption={t("delivery.perEmployee")} rows={rows} keyOf={(item) => item.id} stateOf={redOf} columns={[number, name, kind(t), period(t), pages(t), size(t, await getLocale()), ...(checked ? [access(t), state] : []), see(t, hrefOf)]} />
      {last > 1 && (
        <Browse from={(shown - 1) * perPage + 1} to={Math.min(items.length, shown * perPage)} total={items.length} previous={shown > 1 ? pageHref(shown - 1) : undefined} next={shown < last ? pageHref(shown + 1) : undefined} />
      )}
    </FileSection>
  )
}

/** What goes to the employer's dossier. */
export async function EmployerItems({ items, hrefOf, sent, checked }: Props & { sent: boolean; checked: boolean }) {
  const t = await getTranslations()
  if (items.length === 0) return null
  const name: Column<Row> = { title: t("delivery.what"), card: "name", cell: (item) => <SoftLink href={hrefOf(item)}>{itemTitle(t, item)}</SoftLink> }
  const state: Column<Row> = { title: t("delivery.state"), card: "tag", cell: (item) => <ItemState item={item} sent={sent} /> }
  return (
    <FileSection id="voor-de-werkgever" title={t("delivery.forEmployer")} count={items.length}>
      <DataTable caption={t("delivery.forEmployer")} rows={items} keyOf={(item) => item.id} stateOf={redOf} columns={[name, pages(t), size(t, await getLocale()), ...(checked ? [state] : []), see(t, hrefOf)]} />
    </FileSection>
  )
}

/** Whose or what a document is, in one line. */
export function nameOf(t: Translator, item: Row): string {
  return item.employee ? `${itemTitle(t, item)}, ${item.employee.name}` : itemTitle(t, item)
}

/** Those whose name, number, kind or state has every word that is sought. */
export function findItems(t: Translator, items: readonly Row[], words: string): readonly Row[] {
  const titled = items.map((item) => ({ item, title: `${item.employee?.number} ${nameOf(t, item)} ${t(`checks.${item.check.code}`)}` }))
  return sought(titled, words).map(({ item }) => item)
}

function redOf(item: Row): string | undefined {
  return item.check.level === "red" ? "bad" : undefined
}

function kind(t: Translator): Column<Row> {
  return { title: t("delivery.kind"), card: "line", cell: (item) => t(`documentKinds.${kindOf(item)}`) }
}

function period(t: Translator): Column<Row> {
  return { title: t("delivery.period"), card: "line", cell: (item) => periodText(t, item) }
}

function pages(t: Translator): Column<Row> {
  return { title: t("delivery.pages"), card: "line", cell: (item) => (item.pages.length > 0 ? t("delivery.pagesShort", { pages: pagesText(item.pages) }) : "XML") }
}

function size(t: Translator, locale: Locale): Column<Row> {
  return { title: t("delivery.size"), card: "line", numeric: true, still: true, cell: (item) => sizeText(item.size, locale) }
}

function access(t: Translator): Column<Row> {
  return { title: t("people.access"), card: "line", labelled: true, cell: ({ employee }) => employee && t(`roster.state.${employee.access}`, { kind: "employee" }) }
}

function see(t: Translator, hrefOf: Props["hrefOf"]): Column<Row> {
  return {
    title: t("ui.file.actions"), card: "actions",
    cell: (item) => (
      <div className="acts as-name">
        <SoftLink className="act icon-view" href={hrefOf(item)} title={t("delivery.see")} aria-label={t("delivery.seeItem", { title: nameOf(t, item) })} />
      </div>
    ),
  }
}

function parkedReason(reason: string): Parked {
  return isParked(reason) ? reason : "nobody-matches"
}

function isParked(reason: string): reason is Parked {
  return Object.hasOwn(nl.parked, reason)
}
