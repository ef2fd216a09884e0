import { createHash, randomUUID } from "node:crypto"
import { createServer } from "node:http"

export const client = { id: "portaal", secret: "klantgeheim" }

type Asked = { challenge: string; redirect: string }

/**
 * An authorization server (RFC 6749, RFC 7636) on this machine. Whoever comes to /authorize gives consent and is sent back; /token gives tokens for a code once, to who
 * knows the secret of the client and the verifier of the challenge, and others for a refresh token, which is then no use any more; the client gets some for itself. Which tokens were given is told at /introspect (RFC 7662).
 */
export async function startConsentServer() {
  const codes = new Map<string, Asked>()
  const refreshTokens = new Set<string>()
  const state = { lives: 3600, down: false, given: [] as string[], refreshed: 0 }
  const tokens = () => {
    const [access, refresh] = [`toegang-${randomUUID()}`, `verversen-${randomUUID()}`]
    state.given.push(access)
    refreshTokens.add(refresh)
    return { token_type: "Bearer", access_token: access, refresh_token: refresh, expires_in: state.lives }
  }
  const answerTo = (form: URLSearchParams) => {
    const said = (name: string) => form.get(name) ?? ""
    if (said("client_id") !== client.id || said("client_secret") !== client.secret) return { error: "invalid_client" }
    if (said("grant_type") === "refresh_token") {
      if (!refreshTokens.delete(said("refresh_token"))) return { error: "invalid_grant" }
      state.refreshed += 1
      return tokens()
    }
    if (said("grant_type") === "client_credentials") return said("scope") === "https://outlook.office365.com/.default" ? tokens() : { error: "invalid_scope" }
    const asked = codes.get(said("code"))
    codes.delete(said("code"))
    const challenge = createHash("sha256").update(said("code_verifier")).digest("base64url")
    return asked && asked.challenge === challenge && asked.redirect === said("redirect_uri") ? tokens() : { error: "invalid_grant" }
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost")
    const said = (name: string) => url.searchParams.get(name) ?? ""
    if (state.down) return void response.writeHead(503).end()
    if (url.pathname === "/authorize") {
      const isWhole = said("client_id") === client.id && said("response_type") === "code" && said("code_challenge_method") === "S256" && said("state").length >= 43
      if (!isWhole) return void response.writeHead(400).end()
      const code = randomUUID()
      codes.set(code, { challenge: said("code_challenge"), redirect: said("redirect_uri") })
      return void response.writeHead(302, { location: `${said("redirect_uri")}?${new URLSearchParams({ code, state: said("state") })}` }).end()
    }
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    if (url.pathname === "/introspect") {
      const token = new URLSearchParams(Buffer.concat(pieces).toString()).get("token") ?? ""
      return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ active: state.given.includes(token), username: "terug" }))
    }
    const answer = answerTo(new URLSearchParams(Buffer.concat(pieces).toString()))
    response.writeHead("error" in answer ? 400 : 200, { "content-type": "application/json" }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
    state,
    /** A refresh token, as somebody has who gave consent elsewhere. */
    refreshToken: () => {
      const token = `verversen-${randomUUID()}`
      refreshTokens.add(token)
      return token
    },
    /** Nobody's consent holds any more. */
    withdraw: () => refreshTokens.clear(),
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  }
}

/** Gives consent at an address as a browser does, and returns what comes back. */
export async function giveConsent(address: string): Promise<{ state: string; code: string; returnsTo: string }> {
  const { headers } = await fetch(address, { redirect: "manual" })
  const to = new URL(headers.get("location") ?? "")
  return { state: to.searchParams.get("state") ?? "", code: to.searchParams.get("code") ?? "", returnsTo: `${to.origin}${to.pathname}` }
}
