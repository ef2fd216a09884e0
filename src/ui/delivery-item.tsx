import { getTranslations } from "next-intl/server"
import nl from "#messages/nl.json" with { type: "json" }
import type { DeliveryItemView, DeliveryView } from "#domain/deliveries/view-delivery.ts"
import type { EmployeeName } from "#domain/parties/list-names.ts"
import { AssignForm } from "./assign-form.tsx"
import { LinkButton } from "./button.tsx"
import { ConfirmForm } from "./confirm-form.tsx"
import { DefinitionList } from "./definition-list.tsx"
import { ItemState, nameOf } from "./delivery-items.tsx"
import { deliveryTitle, type FormAction, itemTitle, pagesText } from "./delivery-words.ts"
import type { Translator } from "./file-title.ts"
import { Icon } from "./icon.tsx"
import { Notice } from "./notice.tsx"
import { PageHead } from "./page-head.tsx"
import { SoftLink } from "./soft-link.tsx"

type Props = {
  view: DeliveryView
  /** All documents in the order of the lists. */
  ordered: readonly DeliveryItemView[]
  item: DeliveryItemView
  /** A document of the person it was dragged to, who is filled in and not saved. */
  as?: DeliveryItemView | undefined
  /** The address of the delivery. */
  href: string
  /** Who may change it: everybody it can be given to, and how. */
  people?: readonly EmployeeName[]
  actions?: Record<"assign" | "removeItem", FormAction>
}

/** More pages of one document than this are not painted; the whole file is one click away. */
const mostPages = 50

/** One document of a delivery: its pages as they will be sent, what is known of it, and while it may change whose and what it is. */
export async function DeliveryItem({ view, ordered, item, as, href, people = [], actions }: Props) {
  const t = await getTranslations()
  const { delivery, items } = view
  const at = ordered.indexOf(item)
  const upload = view.uploads.find((one) => one.id === item.uploadId)
  const nextParked = ordered.find((one) => one.parked !== null && one.id !== item.id)
  return (
    <>
      <PageHead
        title={item.employee?.name ?? itemTitle(t, item)}
        lead={item.employee ? itemTitle(t, item) : undefined}
        back={{ href, label: deliveryTitle(t, items, delivery.state === "draft") }}
        actions={<Neighbours href={href} previous={ordered[at - 1]} next={ordered[at + 1]} />}
      />
      <div className="look">
        <Pages item={item} title={nameOf(t, item)} />
        <div className="stack full beside">
          <DefinitionList
            items={[
              { term: t("delivery.state"), value: view.isOwn && <ItemState item={item} sent={delivery.state === "sent"} /> },
              { term: t("delivery.number"), value: item.employee?.number },
              { term: t("delivery.file"), value: upload?.name, note: item.pages.length > 0 && t("delivery.pagesShort", { pages: pagesText(item.pages) }) },
              { term: t("delivery.evidence"), value: view.isOwn && evidenceText(t, item.evidence) },
            ].filter(({ value }) => Boolean(value))}
          />
          <LinkButton icon="file" href={`/api/deliveries/items/${item.id}`}>{t("delivery.open")}</LinkButton>
          {actions && view.mayChange && (delivery.state === "draft" || delivery.state === "staged") && (
            <>
              {delivery.state === "draft" && <AssignForm view={view} item={item} as={as} next={nextParked?.id ?? ""} people={people} action={actions.assign} />}
              <ConfirmForm
                id="haal-uit"
                look="danger"
                danger
                trigger={t("assign.remove")}
                title={t("assign.removeTitle")}
                sure={t("assign.remove")}
                action={actions.removeItem}
                fields={{ deliveryId: delivery.id, itemId: item.id }}
              >
                <p>{t("assign.removeLead")}</p>
              </ConfirmForm>
            </>
          )}
        </div>
      </div>
    </>
  )
}

async function Neighbours({ href, previous, next }: { href: string; previous: DeliveryItemView | undefined; next: DeliveryItemView | undefined }) {
  const t = await getTranslations("delivery")
  return (
    <>
      {previous && <SoftLink className="btn" replace href={`${href}?stuk=${previous.id}`}><Icon name="back" small />{t("previous")}</SoftLink>}
      {next && <SoftLink className="btn" replace href={`${href}?stuk=${next.id}`}>{t("next")}<Icon name="next" small /></SoftLink>}
    </>
  )
}

/** The pages, painted by the server; each is asked for when it comes near the screen. */
async function Pages({ item, title }: { item: DeliveryItemView; title: string }) {
  const t = await getTranslations("delivery")
  if (item.mediaType !== "application/pdf") return <Notice still>{t("xml")}</Notice>
  const count = Math.min(item.pages.length, mostPages)
  const source = (page: number, width: number) => `/api/deliveries/items/${item.id}/page?page=${page}&width=${width}`
  return (
    <section className="painted" aria-label={t("previewLabel")}>
      {Array.from({ length: count }, (_, index) => index + 1).map((page) => (
        <figure key={page}>
          <img
            src={source(page, 640)}
            srcSet={`${source(page, 640)} 640w, ${source(page, 1280)} 1280w`}
            sizes="(max-width: 60rem) 90vw, 38rem"
            loading="lazy"
            decoding="async"
            alt={t("preview", { page, title })}
          />
          {item.pages.length > 1 && <figcaption>{t("pageOf", { page, total: item.pages.length })}</figcaption>}
        </figure>
      ))}
    </section>
  )
}

function evidenceText(t: Translator, evidence: readonly string[]): string {
  return evidence.flatMap((code) => (isEvidence(code) ? t(`delivery.evidences.${code}`) : [])).join(", ")
}

function isEvidence(code: string): code is keyof typeof nl.delivery.evidences {
  return Object.hasOwn(nl.delivery.evidences, code)
}
