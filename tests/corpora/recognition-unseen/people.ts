export type Person = { number: string; initials: string; first: string; prefix: string; surname: string; born: string; bsn: string; man: boolean }

/** The employer whose pages these are; its own numbers are built as a BSN is. */
export const employer = {
  name: "Zilverduin Logistiek B.V.",
  street: "Havenkade 118",
  city: "4531 GZ Terneuzen",
  wageTaxNumber: "999990020L01",
  chamber: "99984412",
  iban: "NL67 ZILV 0999 9412 35",
}

/** A number that starts with 9999 and passes the eleven test, for the nth person. */
export function bsnOf(nth: number): string {
  for (let tail = 4000 + nth * 7; ; tail += 1) {
    const digits = `9999${tail}`
    const check = [...digits].reduce((sum, digit, index) => sum + Number(digit) * (9 - index), 0) % 11
    if (check < 10) return `${digits}${check}`
  }
}

const rows = [
  "17|J.M.|Johannes|van der|Poel|1990-04-12|m",
  "18|A.|Anna|  |Bakker|1985-02-03|v",
  "19|I.|Ingrid||Bakker|1972-09-14|v",
  "23|P.|Piet||Visser|1961-05-09|m",
  "24|P.|Pieter||Visser|1990-05-09|m",
  "31|M.|Marijke|de|Vries|1988-11-30|v",
  "32|S.|Saskia|de|Vries|1988-11-30|v",
  "40|E.A.|Elisabeth||Jansen-de Wit|1979-07-21|v",
  "41|C.|Carla||Smit-van den Heuvel|1983-01-17|v",
  "52|H.|Hendrik|'t|Hart|1969-10-02|m",
  "53|L.|Lotte|in 't|Veld|1997-03-28|v",
  "60|K.|Katarzyna||Kowalska|1994-08-19|v",
  "61|T.|Tomasz||Wójcik|1991-12-05|m",
  "70|R.|Rachid|el|Amrani|1987-06-11|m",
  "71|F.J.|Friedrich||Müller|1976-02-29|m",
  "80|B.|Bram|ter|Horst|2001-01-31|m",
  "104|D.|Dirk|de|Jong|1980-07-07|m",
  "1040|D.|Daan||Jong|1999-04-01|m",
  "1|G.|Gerard||Mulder|1958-12-24|m",
  "2026|Y.|Yasemin||Öztürk|1992-10-10|v",
  "7|N.|Nienke||Bos|1986-03-07|v",
  "00452|O.|Olaf||Dekker|1974-11-11|m",
  "A-118|W.|Willem|van|Dijk|1965-08-30|m",
  "119|W.|Wouter|van|Dijk|1993-09-01|m",
  "201|Q.|Quinten||Mei|1998-05-05|m",
  "210|J.|Joost|van den|Berg|1982-02-20|m",
  "211|J.|Jolanda|van der|Berg|1984-06-16|v",
  "230|A.B.C.|Adriana||Cornelissen|1970-01-01|v",
  "231|R.|Ruben||Kramer|1995-07-26|m",
  "232|T.H.M.|Theodora|op den|Kamp|1968-04-30|v",
]

/** Everybody who works there, as payroll knows them; the portal knows all of it but the given name. */
export const people: Person[] = rows.map((row, nth) => {
  const [number = "", initials = "", first = "", prefix = "", surname = "", born = "", sex] = row.split("|").map((cell) => cell.trim())
  return { number, initials, first, prefix, surname, born, bsn: bsnOf(nth), man: sex === "m" }
})

/** The people with these numbers, in that order. */
export function those(...numbers: string[]): Person[] {
  return numbers.map((number) => {
    const found = people.find((person) => person.number === number)
    if (!found) throw new Error(`nobody has number ${number}`)
    return found
  })
}

/** Like somebody there, but not there. */
export function stranger(number: string, initials: string, prefix: string, surname: string, born: string): Person {
  return { number, initials, first: "Robin", prefix, surname, born, bsn: bsnOf(500 + Number(number)), man: true }
}
