/** Whether this browser can make and use passkeys as JSON (WebAuthn level 3). */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential && "parseCreationOptionsFromJSON" in PublicKeyCredential
}

/** Has the browser sign with a passkey. Null when its holder stopped, or it has none for this site. */
export async function signWithPasskey(options: string): Promise<string | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options))
  return answerOf(navigator.credentials.get({ publicKey }))
}

/** Has the browser make a passkey. Null when its holder stopped, or it holds one of this account already. */
export async function makePasskey(options: string): Promise<string | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options))
  return answerOf(navigator.credentials.create({ publicKey }))
}

async function answerOf(asked: Promise<Credential | null>): Promise<string | null> {
  const credential = await asked.catch(() => null)
  return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : null
}
