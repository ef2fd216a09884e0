import { viewChangedAddress } from "#domain/accounts/changed-address.ts"
import type { Viewer } from "#policy/viewer.ts"
import { ChangedAddress } from "#ui/changed-address.tsx"
import { askAddressLinkAction } from "../(toegang)/adres/bevestigen/confirm-action.ts"

/** Asks the viewer whether an address that payroll changed is right, where it was not confirmed yet. */
export async function AskChangedAddress({ viewer }: { viewer: Viewer }) {
  const changed = await viewChangedAddress(viewer)
  return changed && <ChangedAddress changed={changed} action={askAddressLinkAction} />
}
