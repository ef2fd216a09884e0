import type { PartyKind } from "#policy/viewer.ts"

/** What stands in an address or a form where a door wants an id. */
export type Thing = "employer" | "employee" | "delivery" | "upload" | "item" | "file" | "withdrawn" | "role" | "move" | "ownMove" | "staff" | "key" | "webhook" | "message" | "round" | "mail"

/**
 * Who may pass: everybody, or these kinds of viewer and nobody else. Where the door takes ids, a viewer also needs to have each of those
 * things in sight, and they have to belong together; `onlyWhoRunsPayroll` leaves out an employer with an office. `ids` names them as the address or the form does; `needs` is what must come along besides.
 * `readers`: an action that lets somebody pass who may only read; every other one refuses that. `overviews`: a page of an employer that is there for who sees
 * its series overviews alone.
 */
export type Door = { for: "everybody" | readonly PartyKind[]; onlyWhoRunsPayroll?: true; ids?: Readonly<Record<string, Thing>>; needs?: Readonly<Record<string, string>>; readers?: true; overviews?: true }

const everyone = ["office", "employer", "employee"] as const
const senders = ["office", "employer"] as const

/** Every page, by its address. */
export const pages: Readonly<Record<string, Door>> = {
  "/": { for: "everybody" },
  "/aanmelden": { for: "everybody" },
  "/aanmelden/tweede-stap": { for: "everybody" },
  "/beveiliging": { for: everyone },
  "/beveiliging/verplicht": { for: everyone },
  "/beveiliging/tweede-stap": { for: everyone },
  "/beveiliging/toegangssleutels": { for: everyone },
  "/bevestigen": { for: everyone },
  "/koppelen": { for: everyone },
  "/beveiliging/wachtwoord": { for: everyone },
  "/beveiliging/gebruikersnaam": { for: everyone },
  "/beveiliging/apparaten": { for: everyone },
  "/gebruikersnaam": { for: "everybody" },
  "/welkom": { for: "everybody" },
  "/downloaden": { for: "everybody" },
  "/adres/bevestigen": { for: "everybody" },
  "/wachtwoord": { for: "everybody" },
  "/wachtwoord/kiezen": { for: "everybody" },

  "/kantoor": { for: ["office"] },
  "/kantoor/bestanden/[id]": { for: ["office"], ids: { id: "file" } },
  "/kantoor/delen": { for: ["office"] },
  "/kantoor/dossier": { for: ["office"] },
  "/kantoor/koppelingen/webhooks": { for: ["office"] },
  "/kantoor/koppelingen/webhooks/[id]": { for: ["office"], ids: { id: "webhook" } },
  "/kantoor/mails": { for: ["office"] },
  "/kantoor/ongelezen": { for: ["office"] },
  "/kantoor/collegas": { for: ["office"] },
  "/kantoor/collegas/[id]": { for: ["office"], ids: { id: "staff" } },
  "/kantoor/koppelingen": { for: ["office"] },
  "/kantoor/profiel": { for: ["office"] },
  "/kantoor/prullenbak": { for: ["office"] },
  "/kantoor/werkgevers": { for: ["office"] },
  "/kantoor/werkgevers/nieuw": { for: ["office"] },
  "/kantoor/werkgevers/[id]": { for: ["office"], ids: { id: "employer" } },
  "/kantoor/werkgevers/[id]/werknemers": { for: ["office"], ids: { id: "employer" } },
  "/kantoor/werkgevers/[id]/werknemers/importeren": { for: ["office"], ids: { id: "employer" } },
  "/kantoor/werkgevers/[id]/werknemers/[werknemer]": { for: ["office"], ids: { id: "employer", werknemer: "employee" } },
  "/kantoor/zoeken": { for: ["office"] },
  "/kantoor/maandoverzicht": { for: ["office"] },
  "/kantoor/zendingen": { for: ["office"] },
  "/kantoor/zendingen/[id]": { for: ["office"], ids: { id: "delivery" } },

  "/werkgever": { for: ["employer"] },
  "/werkgever/bestanden/[id]": { for: ["employer"], ids: { id: "file" }, overviews: true },
  "/werkgever/delen": { for: ["employer"] },
  "/werkgever/dossier": { for: ["employer"], overviews: true },
  "/werkgever/kantoor": { for: ["employer"] },
  "/werkgever/koppelingen/webhooks": { for: ["employer"] },
  "/werkgever/koppelingen/webhooks/[id]": { for: ["employer"], ids: { id: "webhook" } },
  "/werkgever/mails": { for: ["employer"] },
  "/werkgever/ongelezen": { for: ["employer"], overviews: true },
  "/werkgever/collegas": { for: ["employer"] },
  "/werkgever/collegas/[id]": { for: ["employer"], ids: { id: "staff" } },
  "/werkgever/koppelingen": { for: ["employer"] },
  "/werkgever/profiel": { for: ["employer"], overviews: true },
  "/werkgever/prullenbak": { for: ["employer"] },
  "/werkgever/werknemers": { for: ["employer"] },
  "/werkgever/werknemers/importeren": { for: ["employer"], onlyWhoRunsPayroll: true },
  "/werkgever/werknemers/[id]": { for: ["employer"], ids: { id: "employee" } },
  "/werkgever/zoeken": { for: ["employer"], overviews: true },
  "/werkgever/zendingen": { for: ["employer"] },
  "/werkgever/zendingen/[id]": { for: ["employer"], ids: { id: "delivery" } },

  "/werknemer": { for: ["employee"] },
  "/werknemer/bestanden/[id]": { for: ["employee"], ids: { id: "file" } },
  "/werknemer/delen": { for: ["employee"] },
  "/werknemer/dossier": { for: ["employee"] },
  "/werknemer/ongelezen": { for: ["employee"] },
  "/werknemer/zoeken": { for: ["employee"] },
  "/werknemer/profiel": { for: ["employee"] },
  "/werknemer/prullenbak": { for: ["employee"] },
}

/** Every handler, by its method and address. Who may not pass knocks on all of them; who may, on what changes nothing: what takes something in has its own test. */
export const handlers: Readonly<Record<string, Door>> = {
  "POST /api/deliveries/[id]/uploads": { for: senders, ids: { id: "delivery" } },
  "GET /api/deliveries/items/[id]": { for: senders, ids: { id: "item" } },
  "GET /api/deliveries/items/[id]/page": { for: senders, ids: { id: "item" }, needs: { page: "1", width: "100" } },
  "GET /api/files/[id]": { for: everyone, ids: { id: "file" } },
  "GET /api/files/[id]/withdrawal": { for: senders, ids: { id: "withdrawn" } },
  "POST /api/files/[id]/replacement": { for: senders, ids: { id: "file" } },
  "GET /api/files/zip": { for: everyone, ids: { yearOf: "file" } },
  "POST /api/files/zip": { for: everyone, ids: { bestand: "file" }, readers: true },
  "HEAD /api/files/[id]": { for: [] },
  "HEAD /api/files/zip": { for: [] },
  "POST /api/own-files": { for: everyone },
  "POST /api/own-files/form": { for: everyone },
  "POST /api/uploads": { for: everyone },
  "HEAD /api/uploads/[id]": { for: everyone },
  "PATCH /api/uploads/[id]": { for: everyone },
  "DELETE /api/uploads/[id]": { for: everyone },
  "GET /api/v1": { for: "everybody" },
  "GET /api/v1/openapi.json": { for: "everybody" },
  "GET /api/health/live": { for: "everybody" },
  "GET /api/health/ready": { for: "everybody" },
}

/** Handlers for who has a key: no session opens one. What each asks is held in tests/domain/api and tests/e2e/api.test.ts. */
export const keyHandlers: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => `${method} /api/v1/[...path]`)

/** Handlers for a mail provider, with a secret of its own: no session and no key opens one. What they ask is held in tests/domain/bounces. */
export const providerHandlers: readonly string[] = ["POST /api/bounces"]

/** Where one goes on afterwards, and no more than that: what is done is found by the other id. */
const goOn = { deliveryId: "01990000-0000-7000-8000-000000000000" }
const document = { ...goOn, next: "", employeeId: "", kind: "journal-entry", year: "2026", period: "3", periodKind: "month" }
const client = { name: "Nieuw", number: "", periodKind: "month", email: "", phone: "", street: "", houseNumber: "", postcode: "", city: "" }

/** What a button of a form says besides. */
const sure = { sure: "yes" }

/** Every action, by its file under src/app/ and its name. */
export const actions: Readonly<Record<string, Door>> = {
  "(collegas)/staff-actions.ts addStaffAction": { for: senders, needs: { name: "Noor", email: "noor@test.test", rank: "reader" } },
  "(collegas)/staff-actions.ts changeStaffAction": { for: senders, ids: { roleId: "staff" }, needs: { rank: "reader" } },
  "(collegas)/staff-actions.ts removeStaffAction": { for: senders, ids: { roleId: "staff" } },
  "(delen)/sharing-actions.ts bulkFilesAction": { for: everyone, ids: { bestand: "file" }, needs: { doe: "gelezen" }, readers: true },
  "(delen)/sharing-actions.ts shareAction": { for: everyone, ids: { bestand: "file" }, needs: { tot: "", met: goOn.deliveryId } },
  "(delen)/sharing-actions.ts endShareAction": { for: everyone, ids: { fileId: "file" }, needs: { shareId: goOn.deliveryId } },
  "(delen)/sharing-actions.ts restoreFilesAction": { for: everyone, ids: { bestand: "file" }, needs: { naar: "prullenbak" } },
  "(gegevens)/access-actions.ts inviteAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/access-actions.ts withdrawInvitationAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/access-actions.ts blockAccessAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/access-actions.ts unblockAccessAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/invite-all-actions.ts inviteAllPeopleAction": { for: senders, ids: { employerId: "employer" } },
  "(gegevens)/invite-all-actions.ts inviteAllClientsAction": { for: ["office"] },
  "(gegevens)/access-actions.ts changeContactEmailAction": { for: senders, onlyWhoRunsPayroll: true, ids: { partyId: "employee" }, needs: { email: "anders@test.test" } },
  "(gegevens)/access-actions.ts tryAddressAgainAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/access-actions.ts takeAccessAction": { for: senders, ids: { partyId: "employee" } },
  "(gegevens)/access-actions.ts resetSecondStepAction": { for: senders, ids: { partyId: "employee" }, needs: { naar: "/" } },
  "(gegevens)/show-bsn-action.ts showBsnAction": { for: everyone, ids: { employeeId: "employee" }, readers: true },
  "(inlezen)/people-actions.ts previewPeopleAction": { for: senders, onlyWhoRunsPayroll: true, ids: { employerId: "employer" }, needs: { source: "csv" } },
  "(inlezen)/people-actions.ts importPeopleAction": { for: senders, onlyWhoRunsPayroll: true, ids: { employerId: "employer" }, needs: { source: "csv", fingerprint: "" } },
  "(koppelingen)/webhook-actions.ts addWebhookAction": { for: senders, needs: { url: "https://voorbeeld.test/haak", kind: "delivery.sent" } },
  "(koppelingen)/webhook-actions.ts renewWebhookSecretAction": { for: senders, ids: { webhookId: "webhook" } },
  "(koppelingen)/webhook-actions.ts stopWebhookAction": { for: senders, ids: { webhookId: "webhook" }, needs: { stop: "no" } },
  "(koppelingen)/webhook-actions.ts removeWebhookAction": { for: senders, ids: { webhookId: "webhook" } },
  "(koppelingen)/webhook-actions.ts pingWebhookAction": { for: senders, ids: { webhookId: "webhook" } },
  "(koppelingen)/webhook-actions.ts replayMessageAction": { for: senders, ids: { webhookId: "webhook", messageId: "message" } },
  "(koppelingen)/key-actions.ts makeKeyAction": { for: senders, needs: { name: "Pakket", scope: "employers:read", days: "90" } },
  "(koppelingen)/key-actions.ts revokeKeyAction": { for: senders, ids: { keyId: "key" } },
  "(koppelingen)/key-actions.ts takeOverKeyAction": { for: senders, ids: { keyId: "key" } },
  "(mails)/mail-actions.ts retryMailAction": { for: senders, ids: { mailId: "mail" } },
  "(toegang)/aanmelden/actions.ts signInAction": { for: "everybody", needs: { username: "niemand@test.test", password: "x" } },
  "(toegang)/aanmelden/second-step-actions.ts secondStepAction": { for: "everybody", needs: { code: "000000" } },
  "(toegang)/aanmelden/second-step-actions.ts askPasskeyAction": { for: "everybody", needs: { ask: "passkey" } },
  "(toegang)/aanmelden/second-step-actions.ts signInWithPasskeyAction": { for: "everybody", needs: { token: "x" } },
  "(toegang)/beveiliging/security-actions.ts beginCodeAppAction": { for: everyone, needs: sure, readers: true },
  "(toegang)/beveiliging/security-actions.ts confirmCodeAppAction": { for: everyone, needs: { code: "000000" }, readers: true },
  "(toegang)/beveiliging/security-actions.ts turnOffCodeAppAction": { for: everyone, needs: sure, readers: true },
  "(toegang)/beveiliging/security-actions.ts renewRecoveryCodesAction": { for: everyone, needs: sure, readers: true },
  "(toegang)/beveiliging/security-actions.ts askNewPasskeyAction": { for: everyone, needs: sure, readers: true },
  "(toegang)/beveiliging/security-actions.ts addPasskeyAction": { for: everyone, needs: { name: "Telefoon", token: "x" }, readers: true },
  "(toegang)/beveiliging/security-actions.ts removePasskeyAction": { for: everyone, needs: { passkeyId: goOn.deliveryId }, readers: true },
  "(toegang)/beveiliging/security-actions.ts putOffAction": { for: everyone, needs: { later: "yes" }, readers: true },
  "(toegang)/bevestigen/confirm-actions.ts confirmByPasswordAction": { for: everyone, needs: { naar: "/beveiliging", current: "x" }, readers: true },
  "(toegang)/bevestigen/confirm-actions.ts askOwnPasskeyAction": { for: everyone, needs: { ask: "passkey" }, readers: true },
  "(toegang)/bevestigen/confirm-actions.ts confirmByPasskeyAction": { for: everyone, needs: { naar: "/beveiliging", token: "x" }, readers: true },
  "(toegang)/beveiliging/own-access-actions.ts changePasswordAction": { for: everyone, needs: { current: "x", password: "x" }, readers: true },
  "(toegang)/beveiliging/own-access-actions.ts changeUsernameAction": { for: everyone, needs: { username: "niemand@test.test" }, readers: true },
  "(toegang)/beveiliging/own-access-actions.ts endSessionAction": { for: everyone, needs: { sessionId: goOn.deliveryId }, readers: true },
  "(toegang)/beveiliging/own-access-actions.ts endAllSessionsAction": { for: everyone, needs: sure, readers: true },
  "(toegang)/koppelen/link-actions.ts keepLinkAction": { for: "everybody", needs: { token: "x" } },
  "(toegang)/koppelen/link-actions.ts linkEmploymentAction": { for: everyone, needs: { proof: "x" }, readers: true },
  "(toegang)/koppelen/link-actions.ts forgetLinkAction": { for: everyone, needs: { later: "yes" }, readers: true },
  "(toegang)/gebruikersnaam/actions.ts askUsernamesAction": { for: "everybody", needs: { email: "niemand@test.test" } },
  "(toegang)/preferences.ts chooseLanguageAction": { for: "everybody", needs: { locale: "en" } },
  "(toegang)/preferences.ts choosePreferencesAction": { for: everyone, needs: { locale: "en", theme: "dark" }, readers: true },
  "(toegang)/preferences.ts changePrivateEmailAction": { for: ["employee"], needs: { privateEmail: "thuis@test.test" } },
  "(toegang)/adres/bevestigen/confirm-action.ts confirmAddressAction": { for: everyone, needs: { token: "x" }, readers: true },
  "(toegang)/adres/bevestigen/confirm-action.ts askAddressLinkAction": { for: ["employer", "employee"], readers: true },
  "(toegang)/switch-role.ts switchRoleAction": { for: everyone, ids: { role: "role" }, readers: true },
  "(toegang)/sign-out.ts signOutAction": { for: "everybody" },
  "(toegang)/wachtwoord/actions.ts askLinkAction": { for: "everybody", needs: { username: "niemand@test.test" } },
  "(toegang)/wachtwoord/actions.ts askOwnLinkAction": { for: everyone, readers: true },
  "(toegang)/wachtwoord/kiezen/actions.ts lookAtLinkAction": { for: "everybody", needs: { token: "x" } },
  "(toegang)/wachtwoord/kiezen/actions.ts choosePasswordAction": { for: "everybody", needs: { token: "x", username: "niemand", password: "x", check: "none" } },
  "(toegang)/welkom/actions.ts lookAtInvitationAction": { for: "everybody", needs: { token: "x" } },
  "(toegang)/welkom/actions.ts askLinkByInvitationAction": { for: "everybody", needs: { token: "x" } },
  "(toegang)/welkom/actions.ts renewInvitationAction": { for: "everybody", needs: { token: "x" } },
  "(zendingen)/assign-action.ts assignItemAction": { for: senders, ids: { itemId: "item" }, needs: document },
  "(zendingen)/delivery-actions.ts startDeliveryAction": { for: senders, onlyWhoRunsPayroll: true, ids: { employerId: "employer" } },
  "(zendingen)/delivery-actions.ts stageAction": { for: senders, ids: { deliveryId: "delivery" } },
  "(zendingen)/delivery-actions.ts unstageAction": { for: senders, ids: { deliveryId: "delivery" } },
  "(zendingen)/delivery-actions.ts sendAction": { for: senders, ids: { deliveryId: "delivery" }, needs: { publishAt: "" } },
  "(zendingen)/delivery-actions.ts changePublicationAction": { for: senders, ids: { deliveryId: "delivery" }, needs: { publishAt: "2099-01-01T09:00" } },
  "(zendingen)/delivery-actions.ts takeBackAction": { for: senders, ids: { deliveryId: "delivery" } },
  "(zendingen)/delivery-actions.ts sendTogetherAction": { for: senders, ids: { zending: "delivery" } },
  "(zendingen)/approval-actions.ts layBeforeAction": { for: ["office"], ids: { deliveryId: "delivery" }, needs: { remark: "", visibleFrom: "" } },
  "(zendingen)/approval-actions.ts withdrawApprovalAction": { for: ["office"], ids: { deliveryId: "delivery" } },
  "(zendingen)/approval-actions.ts approveAction": { for: ["employer"], ids: { roundId: "round" }, needs: { remark: "" } },
  "(zendingen)/approval-actions.ts refuseAction": { for: ["employer"], ids: { roundId: "round" }, needs: { reason: "Fout" } },
  "(zendingen)/approval-actions.ts addNoteAction": { for: senders, ids: { deliveryId: "delivery" }, needs: { comment: "Een vraag" } },
  "(zendingen)/approval-actions.ts needApprovalAction": { for: ["office"], ids: { employerId: "employer" }, needs: { needed: "no" } },
  "(zendingen)/delivery-actions.ts removeDeliveryAction": { for: senders, ids: { deliveryId: "delivery" } },
  "(zendingen)/delivery-actions.ts removeUploadAction": { for: senders, ids: { uploadId: "upload" } },
  "(zendingen)/delivery-actions.ts removeItemAction": { for: senders, ids: { itemId: "item" }, needs: goOn },
  "(zendingen)/recall-actions.ts withdrawFileAction": { for: senders, ids: { fileId: "file" }, needs: { reason: "other" } },
  "kantoor/werkgevers/move-actions.ts acceptEmployerAction": { for: ["office"], ids: { moveId: "move" } },
  "kantoor/werkgevers/move-actions.ts declineEmployerAction": { for: ["office"], ids: { moveId: "move" } },
  "werkgever/kantoor/office-actions.ts chooseOfficeAction": { for: ["employer"], needs: { clientNumber: "300002" } },
  "werkgever/kantoor/office-actions.ts confirmOfficeAction": { for: ["employer"], ids: { moveId: "ownMove" } },
  "werkgever/kantoor/office-actions.ts withdrawOfficeAction": { for: ["employer"], ids: { moveId: "ownMove" } },
  "kantoor/werkgevers/nieuw/add-employer-action.ts addEmployerAction": { for: ["office"], needs: { ...client, wageTaxNumber: "999990079L01" } },
}
