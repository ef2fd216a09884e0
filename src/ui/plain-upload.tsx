import { useTranslations } from "next-intl"

/** Adds one own file without JavaScript: a form as browsers have had it for ever. Where there is JavaScript it is not there. */
export function PlainUpload({ limit, accept }: { limit: string; accept: string }) {
  const t = useTranslations("ownFiles")
  return (
    <noscript>
      <form method="post" action="/api/own-files/form" encType="multipart/form-data" className="form plain-upload">
        <div className="field">
          <label htmlFor="bestand">{t("plain")}</label>
          <p className="hint" id="bestand-hint">{t("plainHint", { limit })}</p>
          <input id="bestand" className="input" type="file" name="bestand" accept={accept} required aria-describedby="bestand-hint" />
        </div>
        <button className="btn primary">{t("plainSend")}</button>
      </form>
    </noscript>
  )
}
