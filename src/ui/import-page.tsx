import { NextIntlClientProvider } from "next-intl"
import { getLocale, getMessages, getTranslations } from "next-intl/server"
import type { ComponentProps, ReactNode } from "react"
import { CheckField, Framed } from "./field.tsx"
import { ImportPeople } from "./import-people.tsx"
import { Notice } from "./notice.tsx"
import { sizeText } from "./sizes.ts"

/** The body of an action may be 12 MB; the form around the file needs a little of it. */
const limit = 11_500_000

type Props = Pick<ComponentProps<typeof ImportPeople>, "preview" | "store"> & {
  employerId: string | null
  links: ReactNode
  /** What was just brought in, where the browser ran no JavaScript to tell it. */
  stored: { added: string; changed: string }
}

/** "Werknemers inlezen": what is read in, the file, and the two steps. Only these sentences go to the browser. */
export async function ImportPage({ employerId, links, stored, preview, store }: Props) {
  const t = await getTranslations("importPeople")
  const { importPeople } = await getMessages()
  const [added, changed] = [Number(stored.added), Number(stored.changed)]
  return (
    <NextIntlClientProvider messages={{ importPeople }}>
      {stored.added !== "" && Number.isInteger(added) && Number.isInteger(changed) && (
        <Notice kind="good" title={t("done")}>
          <p>{t("doneLead", { added, changed })}</p>
          <div className="line-up">{links}</div>
        </Notice>
      )}
      <ImportPeople preview={preview} store={store} limit={limit} limitText={sizeText(limit, await getLocale())} links={links}>
        {employerId && <input type="hidden" name="employerId" value={employerId} />}
        <fieldset className="field">
          <legend>{t("source")}</legend>
          <CheckField type="radio" name="source" value="wage-tax-return" defaultChecked label={t("wageTaxReturn")} hint={t("wageTaxReturnHint")} />
          <CheckField type="radio" name="source" value="csv" label={t("csv")} hint={t("csvHint")} />
          <CheckField type="radio" name="source" value="xlsx" label={t("xlsx")} hint={t("xlsxHint")} />
        </fieldset>
        <Framed name="file" label={t("file")} hint={t("fileDrop")}>
          <input id="file" type="file" name="file" accept=".xml,.csv,.txt,.xlsx,application/xml,text/xml,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" className="input" aria-describedby="file-uitleg" />
        </Framed>
        <CheckField name="adjust" value="yes" label={t("tellColumns")} hint={t("tellColumnsHint")} />
      </ImportPeople>
    </NextIntlClientProvider>
  )
}
