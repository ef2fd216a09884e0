import { getTranslations } from "next-intl/server"
import type { Neighbour } from "./file-list.ts"
import { Icon } from "./icon.tsx"
import { NeighbourKeys } from "./neighbour-keys.tsx"

/** To the file before and after this one in the list it was opened from; also by k and j. */
export async function NeighbourLinks({ previous, next }: { previous?: Neighbour; next?: Neighbour }) {
  if (!previous && !next) return null
  const t = await getTranslations("neighbours")
  return (
    <nav className="neighbours" aria-label={t("title")}>
      {previous && (
        <a rel="prev" href={previous.href} aria-keyshortcuts="k">
          <Icon name="back" small />
          <span>{t("previous", { title: previous.title })}</span>
        </a>
      )}
      {next && (
        <a rel="next" href={next.href} aria-keyshortcuts="j">
          <span>{t("next", { title: next.title })}</span>
          <Icon name="next" small />
        </a>
      )}
      <NeighbourKeys />
    </nav>
  )
}
