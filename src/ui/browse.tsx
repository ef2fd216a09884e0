import { useTranslations } from "next-intl"
import { LinkButton } from "./button.tsx"

/** The foot of a long list: which rows are shown, and the pages before and after. `from` and `to` count from 1. */
export function Browse({ from, to, total, previous, next }: { from: number; to: number; total: number; previous?: string; next?: string }) {
  const t = useTranslations("ui.pages")
  return (
    <nav className="browse" aria-label={t("title")}>
      <span>{t("range", { from, to, total })}</span>
      <div>
        {previous && <LinkButton href={previous} icon="back">{t("previous")}</LinkButton>}
        {next && <LinkButton href={next} icon="next">{t("next")}</LinkButton>}
      </div>
    </nav>
  )
}
