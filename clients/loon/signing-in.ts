import { env } from "node:process"
import { askLine, askSecret } from "./ask-person.ts"
import { call } from "./call.ts"
import type { Command } from "./command.ts"
import { exits, Stop } from "./exits.ts"
import { keepProfile, keyIn, portalAt } from "./profile.ts"

/** Asks for the portal and the key, tries them, and keeps them. */
export const signIn = {
  usage: "loon aanmelden [--adres https://...] [--profiel naam]",
  does: "bewaart het adres van het portaal en uw sleutel op deze computer",
  more: "De sleutel wordt gevraagd, of komt binnen als eerste regel: loon aanmelden --adres https://... < sleutel.txt\nZet een sleutel nooit in de opdracht zelf: anderen op deze computer kunnen die lezen.",
  takes: ["adres"],
  least: 0,
  most: 0,
  run: async ({ options, profile, signal, tell }) => {
    const url = portalAt(options.adres ?? env["LOON_URL"] ?? (await askLine("Adres van het portaal: ")))
    const key = keyIn(await askSecret("Sleutel (u ziet niet wat u typt): "))
    await call({ url, key, signal, tell }, "listEmployers", { query: { limit: "1" } }).catch((error: unknown) => {
      if (!(error instanceof Stop) || error.code !== "scope-missing") throw error
    })
    await keepProfile(profile, { url, key })
    return { json: { url: url.href, profile }, text: `U bent aangemeld bij ${url.href} (profiel ${profile}).`, exit: exits.done }
  },
} as const satisfies Command
