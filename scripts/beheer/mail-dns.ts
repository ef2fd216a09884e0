import { lookUp, type SenderPart } from "#domain/senders/check-sender.ts"
import nl from "#messages/nl.json" with { type: "json" }
import { dkimRecord } from "#platform/dkim.ts"
import { namesFrom } from "#platform/dns.ts"
import { env } from "#platform/env.ts"

const { problems, states } = nl.senderCheck

/** What the DNS says of the portal's own mail, and every record that has to be put there. `servers`: whom to ask instead of the machine's own resolver. */
export async function mailDns(servers: readonly string[]): Promise<string> {
  const { MAIL_FROM, SMTP_URL, DKIM_SELECTOR, BOUNCE_ADDRESS } = env()
  const domain = MAIL_FROM.split("@")[1] ?? ""
  const names = namesFrom(servers.length > 0 ? servers : undefined)
  const check = await lookUp(names, { domain, server: new URL(SMTP_URL).hostname, selector: DKIM_SELECTOR ?? null })
  const key = dkimRecord()
  const isKeyThere = key !== null && ((await names.txt(key.name)) ?? []).includes(key.value)
  const returns = BOUNCE_ADDRESS?.split("@")[1]
  const hasReturns = returns === undefined ? null : (await names.mailServers(returns)) !== null
  const lines = [
    ...told("SPF", check.spf),
    ...told("DKIM", { ...check.dkim, add: key && !isKeyThere ? { ...key, type: "TXT", replaces: check.dkim.found !== null } : null }),
    ...(key ? [] : ["  De mails worden niet ondertekend: geef DKIM_DOMAIN, DKIM_SELECTOR en DKIM_KEY_FILE."]),
    ...told("DMARC", check.dmarc),
    hasReturns === null ? "Teruggekomen mail: geen BOUNCE_ADDRESS. Of een mail aankomt is dan niet te zien." : `Teruggekomen mail: ${hasReturns ? "in orde" : `${returns} heeft geen MX-record. Zonder kan er niets terugkomen.`}`,
  ]
  return [`Afzender ${domain}`, "", ...lines].join("\n")
}

function told(title: string, { state, found, problems: wrong, add }: SenderPart): string[] {
  return [
    `${title}: ${add ? states.bad : states[state]}`,
    ...(found ? [`  gevonden: ${found}`] : []),
    ...wrong.map((problem) => `  ${problems[problem]}`),
    ...(add ? [`  ${add.replaces ? "vervang door" : "zet in de DNS"}: ${add.name} ${add.type} "${add.value}"`] : []),
  ]
}
