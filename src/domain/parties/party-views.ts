/** The shapes of parties that other nouns and the pages show. */
export type { EmployeeData } from "./employee-repository.ts"
export type { ClientRow, EmployerData, OfficeData } from "./party-repository.ts"
