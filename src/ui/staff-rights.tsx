import { getTranslations } from "next-intl/server"
import { ranksOf, type Rank } from "#policy/ranks.ts"
import { CheckField } from "./field.tsx"

type Props = {
  portal: "kantoor" | "werkgever"
  /** The clients of the office, to choose from. */
  clients: readonly { id: string; name: string }[]
  rank?: Rank
  /** Of which clients it is now; null is all. */
  chosen?: readonly { id: string }[] | null
}

/** What a colleague may do: a rank, and at an office all clients or some. Without JavaScript too. */
export async function StaffRights({ portal, clients, rank, chosen = null }: Props) {
  const t = await getTranslations("staff")
  const ranks = ranksOf[portal === "kantoor" ? "office" : "employer"]
  const now = rank ?? (portal === "kantoor" ? "member" : "reader")
  const ticked = new Set(chosen?.map(({ id }) => id))
  return (
    <>
      <fieldset className="field">
        <legend>{t("rank")}</legend>
        {ranks.map((one) => <CheckField key={one} type="radio" name="rank" value={one} defaultChecked={one === now} label={t(`ranks.${one}`)} hint={t(`rankHints.${one}`)} />)}
      </fieldset>
      {portal === "kantoor" && (
        <fieldset className="field">
          <legend>{t("clients")}</legend>
          <CheckField type="radio" name="reach" value="all" defaultChecked={chosen === null} label={t("allClients")} hint={t("allClientsHint")} />
          <CheckField type="radio" name="reach" value="some" defaultChecked={chosen !== null} label={t("someClients")} hint={t("someClientsHint")} />
          {clients.length > 0 && (
            <div className="people" role="group" aria-label={t("pick")} tabIndex={0}>
              {clients.map(({ id, name }) => <CheckField key={id} name="client" value={id} defaultChecked={ticked.has(id)} label={name} />)}
            </div>
          )}
        </fieldset>
      )}
    </>
  )
}
