import type { Transaction } from "#platform/database.ts"

/** An employer's question to an office to take it over, in sight of both. `askedAt` is null until the employer confirmed. */
export type MoveRow = { id: string; employerId: string; officeId: string; employerName: string; officeName: string; askedBy: string; askedAt: Date | null }

const columns = { id: true, employerId: true, officeId: true, employerName: true, officeName: true, askedBy: true, askedAt: true } as const
const open = { acceptedAt: null, declinedAt: null, withdrawnAt: null } as const

/** The open questions in sight, oldest first. */
export async function findOpenMoves(tx: Transaction): Promise<MoveRow[]> {
  return tx.officeMove.findMany({ where: open, select: columns, orderBy: { id: "asc" } })
}

/** One open question, held until the transaction ends. As the system. */
export async function holdOpenMove(tx: Transaction, id: string): Promise<MoveRow | null> {
  await tx.$queryRaw`select id from office_move where id = ${id}::uuid for update`
  return tx.officeMove.findFirst({ where: { id, ...open }, select: columns })
}

/** Whether this move was ever there, and for whom. As the system. */
export async function findMove(tx: Transaction, id: string): Promise<Pick<MoveRow, "employerId" | "officeId" | "askedAt"> | null> {
  return tx.officeMove.findUnique({ where: { id }, select: { employerId: true, officeId: true, askedAt: true } })
}

/** Writes a question down. As the system. */
export async function insertMove(tx: Transaction, move: Omit<MoveRow, "askedAt">): Promise<void> {
  await tx.officeMove.createMany({ data: [move] })
}

/** Moves a question on. */
export async function updateMove(tx: Transaction, id: string, changed: { askedAt?: Date; acceptedAt?: Date; declinedAt?: Date; withdrawnAt?: Date }): Promise<void> {
  await tx.officeMove.update({ where: { id }, data: changed })
}

/** The open question of one employer. As the system. */
export async function findOpenMoveOf(tx: Transaction, employerId: string): Promise<{ id: string } | null> {
  return tx.officeMove.findFirst({ where: { employerId, ...open }, select: { id: true } })
}

/** Lets moves of one employer wait for each other, until the transaction ends. Not its row: a delivery that is being sent may need that. */
export async function holdMovesOf(tx: Transaction, employerId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${employerId}, 0))::text`
}

/** Counts one more try in the window that began at `windowAt`; how many there are now. */
export async function addTry(tx: Transaction, key: Uint8Array<ArrayBuffer>, windowAt: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    insert into attempt (key, window_at, count) values (${key}, ${windowAt}, 1)
    on conflict (key, window_at) do update set count = attempt.count + 1 returning count`
  return row?.count ?? 0
}
