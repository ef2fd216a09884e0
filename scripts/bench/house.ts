import { encode } from "next-auth/jwt"
import { signIn } from "#domain/accounts/sign-in.ts"
import { startDelivery } from "#domain/deliveries/start-delivery.ts"
import { viewDelivery } from "#domain/deliveries/view-delivery.ts"
import { keysToWrite } from "#domain/dossiers/dossier-key.ts"
import { keepBytes } from "#domain/files/keep-bytes.ts"
import { placeFiles } from "#domain/files/place-files.ts"
import { checkSession } from "#domain/sessions/check-session.ts"
import { asSystem, asSystemOnce } from "#platform/database.ts"
import { newId } from "#platform/ids.ts"
import { keyFor } from "#platform/secrets.ts"
import type { Viewer } from "#policy/viewer.ts"
import { bringInBakers, goodPassword, makeClient, makeOffice, sessionOf, viewerFor } from "../../tests/support/house.ts"
import type { TestPortal } from "../../tests/support/portal.ts"
import type { Splitting } from "./payslips.ts"
import { signInEmployee, type SignedIn } from "./world.ts"

export type House = {
  thirteen: SignedIn
  fifty: SignedIn
  fileId: string
  secret: string
  viewer: Viewer
  splitting: (bytes: Uint8Array, portal: TestPortal) => Promise<Splitting>
}

const size = 60_000

/** The bakery, with one employee who has 13 files in the year and one who has 50, each a real file of 60 kB. */
export async function makeHouse(portal: TestPortal): Promise<House> {
  const office = await makeOffice()
  const employerId = await makeClient(office)
  const employees = await bringInBakers(office, employerId)
  const [first = "", second = ""] = [employees.get("1"), employees.get("2")]
  await placePayslips(office, employerId, first, 13)
  const fileId = await placePayslips(office, employerId, second, 50)
  const masterKey = portal.environment["MASTER_KEY"] ?? ""
  const employee = await viewerFor("employee", second)
  const secret = sessionOf(await signIn({ username: employee.username, password: goodPassword, device: "bench" }, new Date()))
  const viewer = await checkSession(secret, new Date())
  if (!viewer) throw new Error("The session does not hold")
  return {
    thirteen: await signInEmployee(portal.databaseUrl, masterKey, first),
    fifty: await signInEmployee(portal.databaseUrl, masterKey, second),
    fileId,
    secret,
    viewer,
    splitting: (bytes, running) => prepareSplitting(office, employerId, bytes, running, masterKey),
  }
}

async function placePayslips(office: Viewer, employerId: string, employeeId: string, count: number): Promise<string> {
  const target = (await keysToWrite(asSystemOnce("demo"), [employeeId])).get(employeeId)
  const files = await Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      id: newId(),
      dossierId: target?.dossierId ?? "",
      ownerId: employeeId,
      audiences: [employerId],
      kind: "payslip",
      year: 2026,
      period: 1 + (index % 12),
      periodKind: "month",
      mediaType: "application/pdf",
      ...(await keepBytes(target?.recipient ?? "", new Uint8Array(size).fill(65))),
    })),
  )
  const placing = { employerId, senderId: office.partyId, senderName: "Kantoor", deliveryId: null, accountId: office.accountId, at: new Date() }
  await asSystem("demo", (tx) => placeFiles(tx, files, placing))
  return files[0]?.id ?? ""
}

/** Over the portal's own door: the upload by POST, and a page of the office asked meanwhile. */
async function prepareSplitting(office: Viewer, employerId: string, bytes: Uint8Array, portal: TestPortal, masterKey: string): Promise<Splitting> {
  const { deliveryId } = await startDelivery(office, { employerId }, new Date())
  const secret = sessionOf(await signIn({ username: office.username, password: goodPassword, device: "bench" }, new Date()))
  const token = await encode({ token: { sid: secret }, secret: keyFor("cookie", masterKey).toString("base64url"), salt: "sessie" })
  const headers = { cookie: `sessie=${token}`, origin: portal.url }
  return {
    bytes,
    worker: portal.pidOf("worker") ?? 0,
    web: portal.pidOf("web") ?? 0,
    ask: async () => {
      const answer = await fetch(`${portal.url}/kantoor/werkgevers`, { headers })
      if (answer.status !== 200) throw new Error(`The page answered ${answer.status}`)
      await answer.text()
    },
    upload: async (body) => {
      const answer = await fetch(`${portal.url}/api/deliveries/${deliveryId}/uploads`, {
        method: "POST",
        headers: { ...headers, "X-File-Name": "loonstroken.pdf", "Content-Type": "application/pdf" },
        body: new Blob([new Uint8Array(body)]),
      })
      if (answer.status !== 201) throw new Error(`The upload answered ${answer.status}`)
      return async () => (await viewDelivery(office, { deliveryId })).uploads.every((upload) => upload.state !== "received")
    },
  }
}
