import type { Reader } from "#platform/database.ts"
import type { FileRow } from "../files/files-of-dossier.ts"

/** The files that were shared with one of the viewer's audiences and are in sight now, newest first. */
export async function findSharedWithMe(reader: Reader, accountId: string): Promise<FileRow[]> {
  return reader.$queryRaw<FileRow[]>`
    select f.id, f.dossier_id as "dossierId", f.origin::text as origin, f.kind, f.year, f.period, f.period_kind as "periodKind", f.name,
           f.media_type as "mediaType", f.size, f.created_at as "createdAt", f.sender_id as "senderId", f.sender_name as "senderName",
           r.file_id is not null as read, f.replaced_at as "replacedAt"
    from (
      select file_id, max(starts_at) as at from file_grant
      where audience_id = any ((select viewer_audiences())::uuid[]) and reason in ('shared', 'shared_on') and ended_at is null group by file_id
    ) g join dossier_file f on f.id = g.file_id left join file_read r on r.file_id = f.id and r.account_id = ${accountId}::uuid
    order by g.at desc, f.id`
}
