import type { PartyKind } from "./viewer.ts"

/** Who can receive a share. An employer shares with its office as the engagement: when that ends, so does the sight. */
export type ReceiverKind = "employer" | "engagement" | "employee"

/** How a file is shared: by its owner, or on by whom it was shared with. */
export type ShareReason = "shared" | "shared_on"

export type ShareStep = { reason: ShareReason; to: readonly ReceiverKind[] }

/** A file as sharing looks at it; `ownerKind` is null when its dossier is out of the viewer's sight. */
export type SharedThing = { origin: "payroll" | "own"; isOwn: boolean; ownerKind: PartyKind | null }

/** One step at a time: an employee to its employer, an employer to its office or its people, an office to its clients. */
const ownSteps = { employee: ["employer"], employer: ["engagement", "employee"], office: ["employer"] } as const satisfies Record<PartyKind, readonly ReceiverKind[]>

/** On, in the direction it travels: what an employee shared, from its employer to the office. By who looks, then by whose file it is. */
const onSteps = {
  employee: {},
  employer: { employee: ["engagement"] },
  office: {},
} as const satisfies Record<PartyKind, Partial<Record<PartyKind, readonly ReceiverKind[]>>>

/** With whom this kind of viewer may share a file that it sees, and how; null when with nobody. The database holds the same in share_steps. */
export function shareStep(viewer: PartyKind, file: SharedThing): ShareStep | null {
  if (file.origin !== "own") return null
  if (file.isOwn) return { reason: "shared", to: ownSteps[viewer] }
  const steps: Partial<Record<PartyKind, readonly ReceiverKind[]>> = onSteps[viewer]
  const to = file.ownerKind ? steps[file.ownerKind] : undefined
  return to ? { reason: "shared_on", to } : null
}

/** How many files at once, and how many files times receivers. */
export const shareLimits = { files: 100, shares: 20_000 } as const
