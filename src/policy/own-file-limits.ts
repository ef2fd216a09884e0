/** How long an upload that is not finished may take, from its beginning, in milliseconds: a day. Then it is gone. */
export const uploadLifetime = 24 * 60 * 60_000

/** How many unfinished uploads an account may have; what they announced counts towards the room in the dossier. Photos that wait for one PDF are among them. */
export const maxUnfinishedUploads = 100

/** The most pieces of one upload: a line that breaks every 50 kB still brings in 100 MB. */
export const maxUploadPieces = 2000

/** How long what a scanner found is set aside, for the operator to look into, in milliseconds: thirty days. */
export const quarantineLifetime = 30 * 24 * 60 * 60_000

/** Uploads are kept in pieces of this many bytes: no more of an upload is ever in memory. */
export const uploadPieceBytes = 4_194_304

/** A photo weighs at most this many bytes, and shows at most this many points. The largest that phones make has 200 million points; it decodes to 600 MB. */
export const maxPhotoBytes = 60_000_000
export const maxPhotoPixels = 108_000_000

/** The most photos in one PDF. */
export const maxPhotosTogether = 50
