import { asSystem, type Transaction } from "#platform/database.ts"
import { hashSecret, newSecret } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { tellOfNewDevice } from "../accounts/tell-of-change.ts"
import { countDevices, forgetDevices, forgetOldDevices, isKnownDevice, rememberDevice } from "./device-repository.ts"

/** So many browsers are known per account; the one that was not seen longest goes. */
const most = 50

/**
 * Notes that somebody signed in to an account in a browser, and returns the secret that the browser is to keep: the one it had, or a new one. `isNew` when the
 * account knew other browsers and not this one; the very first is no news to anybody.
 */
export async function seenDevice(tx: Transaction, { accountId, browser }: { accountId: string; browser: string | null }, now: Date): Promise<{ browser: string; isNew: boolean }> {
  const secret = browser ?? newSecret()
  const isNew = !(await isKnownDevice(tx, accountId, hashSecret(secret))) && (await countDevices(tx, accountId)) > 0
  await rememberDevice(tx, accountId, hashSecret(secret), now)
  await forgetOldDevices(tx, accountId, most)
  return { browser: secret, isNew }
}

/** Whether somebody signed in to this account before in the browser with this secret. */
export async function isKnownBrowser(tx: Transaction, accountId: string, browser: string): Promise<boolean> {
  return isKnownDevice(tx, accountId, hashSecret(browser))
}

/** Forgets every browser of an account: after a password that was chosen because of a stranger. */
export async function forgetBrowsers(tx: Transaction, accountId: string): Promise<void> {
  await forgetDevices(tx, accountId)
}

/** Notes that the viewer's account was entered in this browser, of which its holder is mailed when it is a new one; returns the secret that the browser is to keep. */
export async function rememberBrowser({ accountId }: Pick<Viewer, "accountId">, browser: string | null, now: Date): Promise<string> {
  return asSystem("sign-in", async (tx) => {
    const seen = await seenDevice(tx, { accountId, browser }, now)
    if (seen.isNew) await tellOfNewDevice(tx, accountId, now)
    return seen.browser
  })
}
