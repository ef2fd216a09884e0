import fc from "fast-check"

/**
 * A random world as fast-check tells it: small numbers only, so that it can make a failing world smaller. A number that points at
 * something wraps around at the end of the list; times are hours from now; an event that has nothing to happen to does not happen.
 */
export type Story = {
  offices: number
  /** `offices`: the offices it was with, one after the other, the same one again too. `alone`: the last of them ended as well. */
  employers: { staff: { hasLeft: boolean }[]; offices: number[]; alone: boolean }[]
  accounts: { isBlocked: boolean; roles: ToldRole[] }[]
  events: Happening[]
}

/** `rank` counts up from owner; `some` are the employers that a role at an office is for, null when it is for all. */
export type ToldRole = { kind: PartyKind; party: number; hasEnded: boolean; rank: number; some: number[] | null }

export type Happening =
  | {
      kind: "delivery"
      employer: number
      by: number
      payslips: number[]
      hasDocument: boolean
      /** Whether what it holds is called a series overview: the document, and the payslips too, which it is not for. */
      isOverview: boolean
      hasParked: boolean
      state: DeliveryState
      /** Whether its office laid it before the employer at any time. */
      isLaid: boolean
      from: number
      employerFirst: boolean
      /** Whether its sender withdraws the first of its files right afterwards. */
      isRecalled: boolean
    }
  | { kind: "upload"; by: PartyKind; party: number }
  | { kind: "share"; file: number; to: number; from: number; until: number | null }
  | { kind: "share-on"; share: number; to: number; until: number | null }
  | { kind: "end"; grant: number; at: number }
  | { kind: "bin"; file: number }
  | { kind: "restore"; file: number }
  | { kind: "move"; employer: number; office: number }
  | { kind: "ask-office"; employer: number; office: number; isConfirmed: boolean; isAnswered: boolean }
  | { kind: "read"; account: number; file: number }
  | { kind: "stray"; file: number; audience: number; reason: Reason; from: number; until: number | null; ended: number | null }

type PartyKind = "office" | "employer" | "employee"
export type DeliveryState = "draft" | "staged" | "reviewing" | "planned" | "sending" | "sent"
export type Reason = "placed" | "delivered" | "shared" | "shared_on"

export type World = {
  now: Date
  offices: { id: string; name: string }[]
  /** `overviewsId`: the audience of who sees the series overviews alone. */
  employers: { id: string; name: string; overviewsId: string }[]
  employees: { id: string; name: string; employerId: string; hasLeft: boolean }[]
  engagements: { id: string; officeId: string; employerId: string; startedAt: Date; endedAt: Date | null }[]
  accounts: { id: string; isBlocked: boolean }[]
  /** `clients`: the employers that a role at an office is for; null is all. */
  roles: { id: string; accountId: string; partyId: string; endedAt: Date | null; rank: "owner" | "member" | "reader" | "overviews"; clients: string[] | null }[]
  dossiers: { id: string; ownerId: string; employerId: string | null }[]
  deliveries: {
    id: string
    employerId: string
    audienceId: string
    senderId: string
    state: DeliveryState
    /** The round in which it was laid before the employer, where it was; `isOpen` while the employer sees what is in it. */
    roundId: string | null
    isOpen: boolean
    uploadId: string
    items: DeliveryItem[]
  }[]
  files: { id: string; dossierId: string; ownerId: string; origin: "payroll" | "own"; kind: string; senderId: string; deliveryId: string | null; isBinned: boolean }[]
  /** As they were given: `endedAt` only where this very grant was ended, `endsAt` as it was asked for, whatever it was shared on from. */
  grants: {
    id: string
    fileId: string
    audienceId: string
    reason: Reason
    parentId: string | null
    startsAt: Date
    endsAt: Date | null
    endedAt: Date | null
  }[]
  reads: { accountId: string; fileId: string }[]
  /** A payroll file that its sender withdrew: `byAudienceId` is as whom the sender sees it, `hadIt` who else saw it at that moment. */
  withdrawals: { fileId: string; byAudienceId: string; hadIt: string[] }[]
  /** An employer that chose an office: `askedAt` once it confirmed, `answeredAt` when that was declined. One stands open at a time. */
  moves: { id: string; employerId: string; officeId: string; askedAt: Date | null; answeredAt: Date | null }[]
  /** A link that waits to confirm a private address, of an account. */
  links: { id: string; accountId: string }[]
}

export type DeliveryItem = { id: string; employeeId: string | null; dossierId: string; fileId: string | null }

const hours = fc.constantFrom(-20_000, -700, -3, 3, 700)
const longAgo = fc.constantFrom(-20_000, -700, -3)
const until = fc.constantFrom(null, null, null, -700, -3, 3, 700)
const party = fc.constantFrom<PartyKind>("office", "employer", "employee")
const seldom = fc.integer({ min: 0, max: 4 }).map((n) => n === 4)
const state = fc.constantFrom<DeliveryState>("sent", "sent", "sent", "sent", "sent", "sending", "staged", "draft", "reviewing", "reviewing", "planned")
const delivery = fc.record({
  kind: fc.constant("delivery"),
  employer: fc.nat(3),
  by: fc.nat(4),
  payslips: fc.array(fc.nat(5), { maxLength: 4 }),
  hasDocument: fc.boolean(),
  isOverview: fc.boolean(),
  hasParked: fc.boolean(),
  state,
  isLaid: fc.nat(9).map((n) => n > 0),
  from: hours,
  employerFirst: fc.boolean(),
  isRecalled: fc.boolean(),
} as const)
const upload = fc.record({ kind: fc.constant("upload"), by: party, party: fc.nat(4) } as const)
const share = fc.record({ kind: fc.constant("share"), file: fc.nat(9), to: fc.nat(9), from: hours, until } as const)
const shareOn = fc.record({ kind: fc.constant("share-on"), share: fc.nat(9), to: fc.nat(4), until } as const)
const end = fc.record({ kind: fc.constant("end"), grant: fc.nat(30), at: longAgo } as const)
const bin = fc.record({ kind: fc.constant("bin"), file: fc.nat(9) } as const)
const restore = fc.record({ kind: fc.constant("restore"), file: fc.nat(9) } as const)
const move = fc.record({ kind: fc.constant("move"), employer: fc.nat(3), office: fc.nat(2) } as const)
const askOffice = fc.record({ kind: fc.constant("ask-office"), employer: fc.nat(3), office: fc.nat(2), isConfirmed: fc.boolean(), isAnswered: fc.boolean() } as const)
const read = fc.record({ kind: fc.constant("read"), account: fc.nat(3), file: fc.nat(20) } as const)
const stray = fc.record({
  kind: fc.constant("stray"),
  file: fc.nat(20),
  audience: fc.nat(40),
  reason: fc.constantFrom<Reason>("placed", "delivered", "shared", "shared_on"),
  from: hours,
  until,
  ended: fc.constantFrom(null, null, -700, -3),
} as const)

const role = fc.record({ kind: party, party: fc.nat(5), hasEnded: seldom, rank: fc.nat(3), some: fc.oneof(fc.constant(null), fc.array(fc.nat(3), { maxLength: 2 })) } as const)

/** Stories in which everything happens by the rules of the product; with `strays` also files seen by whoever, for whatever reason, and offices that are asked. */
export function stories(strays: boolean): fc.Arbitrary<Story> {
  const often = [delivery, delivery, delivery, delivery, upload, upload, share, share, share, shareOn, shareOn, end, end]
  const events = [...often, ...often, shareOn, shareOn, end, bin, bin, restore, move, read, read]
  return fc.record({
    offices: fc.integer({ min: 1, max: 3 }),
    employers: fc.array(
      fc.record({
        staff: fc.array(fc.record({ hasLeft: fc.boolean() }), { maxLength: 6 }),
        offices: fc.array(fc.nat(2), { maxLength: 4 }),
        alone: seldom,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    accounts: fc.array(fc.record({ isBlocked: seldom, roles: fc.array(role, { minLength: 1, maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    events: fc.array(fc.oneof(...events, ...(strays ? [stray, askOffice, askOffice, askOffice, askOffice, read, upload, upload, upload] : [])), { minLength: 6, maxLength: 24, size: "max" }),
  })
}
