import { placeOwnFile } from "#domain/files/place-own-file.ts"
import { asSystem } from "#platform/database.ts"
import type { Viewer } from "#policy/viewer.ts"
import { bringInBakers, makeClient, makeOffice, viewerFor } from "../../support/house.ts"

/** An office, its client, and two of the client's people. */
export type House = { office: Viewer; employer: Viewer; employee: Viewer; colleague: Viewer; engagementId: string }

/** Makes a house whose employer has this wage tax number. */
export async function makeHouse(wageTaxNumber?: string): Promise<House> {
  const office = await makeOffice()
  const employerId = await makeClient(office, wageTaxNumber)
  const [first = "", second = ""] = (await bringInBakers(office, employerId)).values()
  const [employer, employee, colleague] = [await viewerFor("employer", employerId), await viewerFor("employee", first), await viewerFor("employee", second)]
  const { id } = await asSystem("operate", (tx) => tx.engagement.findFirstOrThrow({ where: { employerId, endedAt: null }, select: { id: true } }))
  return { office, employer, employee, colleague, engagementId: id }
}

let counter = 0

/** An own file of this viewer; returns its id. */
export async function placeOwn(viewer: Viewer, employerId: string | null, name = `eigen-${++counter}.pdf`): Promise<string> {
  const bytes = new TextEncoder().encode(`%PDF-1.7 ${name}`)
  await placeOwnFile({ viewer, ownerName: "Eigenaar", employerId, name, mediaType: "application/pdf", bytes, shareWith: null }, new Date())
  const file = await asSystem("operate", (tx) => tx.dossierFile.findFirstOrThrow({ where: { name }, select: { id: true } }))
  return file.id
}
