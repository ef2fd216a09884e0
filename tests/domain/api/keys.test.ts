import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiFor } from "#auth/api-door.ts"
import { closeDatabase } from "#platform/database.ts"
import { closeQueue } from "#platform/queue.ts"
import type { Viewer } from "#policy/viewer.ts"
import { operations } from "../../../src/app/api/v1/operations.ts"
import { callerWith, keyOf, type ApiCall } from "../../support/api.ts"
import { useDatabase } from "../../support/database.ts"
import { bringInBakers, makeClient, makeOffice, sample } from "../../support/house.ts"

useDatabase()
afterAll(async () => {
  await closeQueue()
  await closeDatabase()
})

const api = apiFor(operations)
let office: Viewer
let employerId: string
let ask: ApiCall

beforeAll(async () => {
  office = await makeOffice()
  employerId = await makeClient(office)
  await bringInBakers(office, employerId)
  ask = callerWith(api, await keyOf(office))
})

test("smoke", async () => {
  const answer = await ask("GET /employers")
  console.log(JSON.stringify(answer.body))
  expect(answer.status).toBe(200)
  console.log(JSON.stringify((await ask(`GET /employers/${employerId}/employees?limit=2`)).body))
  const form = new FormData()
  form.append("employerId", employerId)
  form.append("then", "send")
  form.append("file", new Blob([new Uint8Array(await sample("maart", "loonstroken-maart-2026.pdf"))]), "loonstroken.pdf")
  const placed = await ask("POST /deliveries", { form })
  console.log(placed.status, JSON.stringify(placed.body).slice(0, 600))
  expect(placed.status).toBe(201)
})
