/** The shapes of dossiers that other nouns use. */
export type { DossierRecipient } from "./dossier-repository.ts"
