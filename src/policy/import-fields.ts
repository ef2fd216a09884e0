/** Every field of a person that a list can tell, in the order in which it is offered. */
export const importFields = [
  "number", "initials", "prefix", "surname", "birthDate", "bsn", "email", "street", "houseNumber", "houseNumberAddition", "postcode", "city", "country",
  "employmentFrom", "employmentTo",
] as const

export type ImportField = (typeof importFields)[number]
