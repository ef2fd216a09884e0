/** Invented people and firms. BSNs and wage tax numbers begin with 9999, which is never issued; mail domains are under .test. */

const surnames = [
  "Aalders", "van den Akker", "Bakhuis", "de Beer", "van Beek", "Bos", "ten Brink", "Çakir", "Claesen", "van Dam", "Dekkers", "El Idrissi",
  "van Essen", "Faber", "de Graaf", "Gül", "Haverkamp", "van der Heide", "Hoekstra", "IJzerman", "Jacobs", "de Jong", "Kaya", "van Keulen",
  "Kramer", "van der Laan", "Linders", "Maas", "Mulder", "Nijhuis", "van Oort", "Oosterhof", "Peeters", "Post", "Quist", "van Rijn",
  "Roelofs", "de Ruiter", "Schipper", "Smits", "van Steen", "Tahiri", "Timmer", "in 't Veld", "Veenstra", "Verbeek", "Visser", "van Vliet",
  "Vos", "de Waal", "Wagenaar", "Wever", "van Wijk", "Willems", "Winter", "de Wit", "Wolters", "Yildiz", "Zandstra", "van Zanten",
] as const

const initials = ["A", "B.J.", "C", "D", "E.M.", "F", "G", "H.P.", "I", "J", "K", "L.A.", "M", "N", "P", "R.J.", "S", "T", "W", "Y"] as const
const streets = ["Molenweg", "Kerkstraat", "Dorpsplein", "Lindelaan", "Havenkade", "Schoolpad"] as const
const towns = [["1506ED", "Zaandam"], ["1621AB", "Hoorn"], ["8911BM", "Leeuwarden"], ["4461HK", "Goes"], ["7411KT", "Deventer"]] as const

export type DemoPerson = {
  number: string
  initials: string
  prefix: string
  surname: string
  birthDate: string
  bsn: string
  email: string
  street: string
  houseNumber: string
  postcode: string
  city: string
}

/** Sixty invented people, always the same. */
export const demoPeople: readonly DemoPerson[] = surnames.map((name, index) => {
  const [, prefix = "", surname = name] = /^((?:van|de|den|der|ten|in|'t)(?: (?:den|der|'t))*) (.+)$/.exec(name) ?? []
  const [postcode, city] = towns[index % towns.length] ?? towns[0]
  return {
    number: String(index + 1),
    initials: initials[index % initials.length] ?? "A",
    prefix,
    surname,
    birthDate: `${1960 + ((index * 7) % 45)}-${two(1 + ((index * 5) % 12))}-${two(1 + ((index * 11) % 28))}`,
    bsn: inventedNumber(10_000 + index * 37),
    email: `werknemer${index + 1}@demo.test`,
    street: streets[index % streets.length] ?? "Molenweg",
    houseNumber: String(1 + ((index * 3) % 90)),
    postcode,
    city,
  }
})

export type DemoEmployer = { name: string; wageTaxNumber: string; city: string; postcode: string; street: string; email: string; people: readonly DemoPerson[]; hasOffice: boolean }

/** Three clients of one office, and an employer that runs payroll itself. */
export const demoEmployers: readonly DemoEmployer[] = [
  employer("Bloemisterij De Tulp B.V.", 1, "Zaandam", "1506ED", "Havenkade 12", 0, 20, true),
  employer("Garage Noorderpoort", 2, "Hoorn", "1621AB", "Molenweg 4", 20, 34, true),
  employer("Camping Zeewind", 3, "Goes", "4461HK", "Duinpad 1", 34, 48, true),
  employer("Drukkerij Letterlust B.V.", 4, "Deventer", "7411KT", "Kerkstraat 30", 48, 60, false),
]

/** The office of the demo. */
export const demoOffice = { name: "Kantoor Zuiderzee", clientNumber: "100200", city: "Hoorn", email: "kantoor@zuiderzee.test" } as const

function employer(name: string, index: number, city: string, postcode: string, street: string, from: number, to: number, hasOffice: boolean): DemoEmployer {
  const people = demoPeople.slice(from, to)
  return { name, wageTaxNumber: `${inventedNumber(90_000 + index * 100)}L01`, city, postcode, street, email: `werkgever${index}@demo.test`, people, hasOffice }
}

/** The first number from 9999 00000 + `from` on that passes the eleven test. */
function inventedNumber(from: number): string {
  for (let tail = from; ; tail++) {
    const digits = `9999${String(tail).padStart(5, "0")}`
    const sum = [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
    if (sum % 11 === 0) return digits
  }
}

function two(number: number): string {
  return String(number).padStart(2, "0")
}
