import { getTranslations } from "next-intl/server"
import type { DeliverySummary } from "#domain/deliveries/delivery-views.ts"
import { DeliveryList } from "./delivery-list.tsx"
import { EmptyState } from "./empty-state.tsx"
import { FileSection } from "./file-section.tsx"

/** The deliveries of a portal with their search, or what to do when there are none. */
export async function DeliveryOverview({ deliveries, href, withEmployer = false, empty }: { deliveries: readonly DeliverySummary[]; href: string; withEmployer?: boolean; empty: string }) {
  const t = await getTranslations()
  if (deliveries.length === 0) return <EmptyState title={t("delivery.listEmpty")}>{empty}</EmptyState>
  return (
    <FileSection id="zendingen" title={t("nav.sendings")} count={deliveries.length} find="page">
      <DeliveryList deliveries={deliveries} href={href} withEmployer={withEmployer} />
    </FileSection>
  )
}
