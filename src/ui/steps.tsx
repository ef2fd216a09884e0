import { useTranslations } from "next-intl"

/** Where one is in a job of a few steps; `current` counts from 0. */
export function Steps({ steps, current }: { steps: readonly string[]; current: number }) {
  const t = useTranslations("ui.steps")
  return (
    <ol className="steps" aria-label={t("title")}>
      {steps.map((step, at) => (
        <li key={step} className={at < current ? "done" : undefined} aria-current={at === current ? "step" : undefined}>
          <span>
            {step}
            {at < current && <span className="vh"> ({t("done")})</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
