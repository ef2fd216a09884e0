import { createServer } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { postMessage } from "../../../src/integrations/webhooks/post-message.ts"
import { isPublic, publicAddressesOf } from "#platform/public-address.ts"
import { useDatabase } from "../../support/database.ts"
import { openReceiver } from "./receiver.ts"

useDatabase()
process.env.OUTGOING_LOOPBACK = "yes"

let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(() => receiver.close())

const to = (url: string) => postMessage({ id: "m", url, secret: Buffer.alloc(32, 1), body: "{}", attempts: 0 }, new Date())

test("an answer that has no end is heard no further than its beginning", async () => {
  receiver.answerWith((_request, response) => {
    response.writeHead(200)
    const go = () => !response.destroyed && response.write("x".repeat(65_536), () => setImmediate(go))
    go()
  })
  const outcome = await to(receiver.url)
  expect(outcome).toMatchObject({ status: 200, failure: null })
  expect(outcome.answer?.length).toBe(2000)
})

test("somebody who points elsewhere is not followed", async () => {
  receiver.answerWith((_request, response) => void response.writeHead(302, { location: receiver.url }).end())
  receiver.received.length = 0
  expect(await to(receiver.url)).toMatchObject({ status: 302, failure: "refused" })
  expect(receiver.received).toHaveLength(1)
})

test("who never answers, hangs up, or is not there costs ten seconds at most and is told apart", async () => {
  const silent = createServer(() => undefined)
  const rude = createServer((socket) => socket.destroy())
  const ports = await Promise.all([silent, rude].map((server) => new Promise<number>((resolve) => server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    resolve(address && typeof address === "object" ? address.port : 0)
  }))))
  expect(await Promise.all(ports.map((port) => to(`http://127.0.0.1:${port}/`)))).toMatchObject([{ status: null, failure: "timeout" }, { status: null, failure: "no-answer" }])
  rude.close()
  silent.close()
  expect(await to(`http://127.0.0.1:${ports[1]}/`)).toMatchObject({ status: null, failure: "refused-connection" })
  expect(await to("https://bestaat-niet.invalid/")).toMatchObject({ failure: "no-such-host" })
  expect(await to(receiver.url.replace("http:", "https:"))).toMatchObject({ status: null })
})

describe("no connection is made to", () => {
  test.each([
    ...["10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "127.0.0.2"],
    ...["[fc00::1]", "[fe80::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[ff02::1]", "[::127.0.0.1]"],
    ...["2130706434", "0x0a000001", "0251.0376.0251.0376", "10.1"],
  ])("%s", async (host) => {
    expect(await to(`https://${host}/`)).toMatchObject({ status: null, failure: "not-public" })
  })

  test("the own machine, unless a setting says so", async () => {
    await expect(publicAddressesOf("127.0.0.1", { loopback: false })).rejects.toMatchObject({ code: "not-public" })
    await expect(publicAddressesOf("[::1]", { loopback: false })).rejects.toMatchObject({ code: "not-public" })
    await expect(publicAddressesOf("localhost", { loopback: false })).rejects.toMatchObject({ code: "not-public" })
    expect(await publicAddressesOf("127.0.0.1", { loopback: true })).toEqual([{ address: "127.0.0.1", family: 4 }])
  })
})

test("what is on the public internet is let through", () => {
  expect(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"].map(isPublic)).toEqual([true, true, true, true, true, true])
  expect(["", "geen", "10.0.0.1", "::1"].map(isPublic)).toEqual([false, false, false, false])
})
