import { acknowledgeStorage } from "#domain/storage-place/mark-storage.ts"
import { isStorageThere } from "#domain/storage-place/storage-there.ts"
import { Conflict } from "#policy/errors.ts"

/** Says that the place for files is this portal's; Conflict "storage-away" when it is not. With "erken" it is from now on. */
export async function storagePlace([how]: readonly string[], now: Date): Promise<string> {
  if (how === "erken") await acknowledgeStorage(now)
  if (!(await isStorageThere())) throw new Conflict("storage-away")
  return "De plek voor bestanden is die van dit portaal, en antwoordt."
}
