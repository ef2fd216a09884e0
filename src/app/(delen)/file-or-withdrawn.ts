import { forPage } from "#auth/page-door.ts"
import { viewFile, type FileDetails } from "#domain/files/view-file.ts"
import { viewWithdrawn, type WithdrawnFile } from "#domain/files/view-withdrawn.ts"
import { NotFound } from "#policy/errors.ts"
import type { Viewer } from "#policy/viewer.ts"
import { idIn } from "#ui/asked.ts"

/** What the address of a file leads to: the file, or what is left of it for who had it when it was withdrawn. For anybody else a page that does not exist. */
export async function fileOrWithdrawn(viewer: Viewer, id: string): Promise<FileDetails | { withdrawn: WithdrawnFile }> {
  const fileId = idIn(id)
  const left = async (error: unknown) => {
    if (!(error instanceof NotFound)) throw error
    return { withdrawn: await viewWithdrawn(viewer, { fileId }) }
  }
  return forPage(viewFile(viewer, { fileId }).catch(left))
}
