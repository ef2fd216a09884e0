import { notFound, redirect } from "next/navigation"
import { isConfirmed } from "#domain/sessions/is-confirmed.ts"
import { now } from "#platform/clock.ts"
import { Forbidden, Invalid, NotFound } from "#policy/errors.ts"
import { seesParty } from "#policy/ranks.ts"
import type { PartyKind, Viewer } from "#policy/viewer.ts"
import { currentViewer } from "./session.ts"

/** Where each kind of viewer begins. */
export const homeOf = { office: "/kantoor", employer: "/werkgever", employee: "/werknemer" } as const satisfies Record<PartyKind, string>

/** Where a second step is set up by who may go nowhere else before. */
export const setUpAt = "/beveiliging/verplicht"

/** `settingUp`: a page or action for setting up a second step, open to who has to do that first. */
export type ForWhom = { settingUp?: true }

/**
 * The door of a page for one kind of viewer: without a session one goes to sign in, without a second step where that is required to set one up; another
 * kind of viewer finds nothing here, and who sees only the overviews of an employer finds it on pages alone that are `forOverviews` too.
 */
export async function pageFor<Kind extends PartyKind>(kind: Kind, { forOverviews = false } = {}): Promise<Viewer & { kind: Kind }> {
  const viewer = await pageForAll()
  if (!isKind(viewer, kind) || !(forOverviews || seesParty(viewer.rank))) notFound()
  return viewer
}

/** The door of a page for every kind of viewer. */
export async function pageForAll({ settingUp }: ForWhom = {}): Promise<Viewer> {
  const viewer = await currentViewer()
  if (!viewer) redirect("/aanmelden")
  if (viewer.mustSetUp && !settingUp) redirect(setUpAt)
  return viewer
}

/** As pageForAll, for pages that change how one gets into the account: who did not lately prove to be its holder does so first, and then comes back to `here`. */
export async function confirmedPage(here: string, forWhom?: ForWhom): Promise<Viewer> {
  const viewer = await pageForAll(forWhom)
  await askConfirmed(viewer, here)
  return viewer
}

/** Who did not lately prove to be the holder of the account does so before filling in what is asked to be proven, so that nothing typed is lost. */
export async function askConfirmed(viewer: Viewer, here: string): Promise<void> {
  if (!(await isConfirmed(viewer, now()))) redirect(confirmAt(here))
}

/** Where one proves once more to be the holder of the account, to go on to `back`, a path of the portal. */
export function confirmAt(back: string): string {
  return `/bevestigen?naar=${encodeURIComponent(back)}`
}

/** The door of a page for everybody. Whoever is signed in may be shown the way to the own portal. */
export async function publicPage(): Promise<Viewer | null> {
  return currentViewer()
}

/** Asks a use case for what a page shows; what it refuses as not found, not allowed or no use (an address made by hand) is a page that does not exist. */
export async function forPage<View>(asked: Promise<View>): Promise<View> {
  return asked.catch((error: unknown) => {
    if (error instanceof NotFound || error instanceof Forbidden || error instanceof Invalid) notFound()
    throw error
  })
}

function isKind<Kind extends PartyKind>(viewer: Viewer, kind: Kind): viewer is Viewer & { kind: Kind } {
  return viewer.kind === kind
}
