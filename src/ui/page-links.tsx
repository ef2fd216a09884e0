import { useTranslations } from "next-intl"
import { LinkButton } from "./button.tsx"

type Props = { from: number; to: number; total: number; page: number; pages: number; hrefOf: (page: number) => string }

/** The foot of a list in pages: which rows are shown, the page before and after, and the numbers around this page. Nothing for one page. */
export function PageLinks({ from, to, total, page, pages, hrefOf }: Props) {
  const t = useTranslations("ui.pages")
  if (pages <= 1) return null
  return (
    <nav className="browse" aria-label={t("title")}>
      <span>{t("range", { from, to, total })}</span>
      <div>
        {page > 1 && <LinkButton href={hrefOf(page - 1)} icon="back">{t("previous")}</LinkButton>}
        {numbersAround(page, pages).map((number) => (
          <a key={number} className="page-number" href={hrefOf(number)} aria-current={number === page ? "page" : undefined} aria-label={t("page", { number })}>
            {number}
          </a>
        ))}
        {page < pages && <LinkButton href={hrefOf(page + 1)} icon="next">{t("next")}</LinkButton>}
      </div>
    </nav>
  )
}

/** The first, the last, and two on each side of this one. */
export function numbersAround(page: number, pages: number): number[] {
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages].filter((number) => number >= 1 && number <= pages)
  return [...new Set(near)].sort((a, b) => a - b)
}
