import type { Reader } from "#platform/database.ts"

export type OwnFileRow = { id: string; name: string; mediaType: string; size: number; sha256: Uint8Array; storageKey: string; senderName: string; scannedAt: Date | null; createdAt: Date; grantId: string }

/** Places an own file in the viewer's dossier when it fits in `room` bytes with the others there; whoever comes at the same moment waits. */
export async function insertOwnFile(reader: Reader, file: OwnFileRow, room: number): Promise<"placed" | "again" | "full" | "nowhere"> {
  const [row] = await reader.$queryRaw<{ outcome: "placed" | "again" | "full" | "nowhere" }[]>`
    select place_own_file(${file.id}::uuid, ${file.name}::text, ${file.mediaType}::text, ${file.size}::int, ${file.sha256}::bytea, ${file.storageKey}::text,
      ${file.senderName}::text, ${file.scannedAt}::timestamptz, ${file.createdAt}::timestamptz, ${file.grantId}::uuid, ${room}::bigint) as outcome`
  return row?.outcome ?? "nowhere"
}

/** Whether the viewer sees an own file with this id. */
export async function isPlaced(reader: Reader, fileId: string): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`select 1 from dossier_file where id = ${fileId}::uuid and year is null`
  return rows.length > 0
}
