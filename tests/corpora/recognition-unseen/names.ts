import { employer, people, stranger, those } from "./people.ts"
import { dutch, lines, money, monthsNl, parked, plain, slip, sorted, statement, wageLines } from "./sheets.ts"
import type { Person } from "./people.ts"
import type { PrintedLayout, Sheet, Truth } from "./sheets.ts"

const spelled: ((person: Person) => string)[] = [
  ({ initials, prefix, surname }) => `${initials} ${surname}${prefix && ` (${prefix})`}`,
  ({ initials, prefix, surname }) => `${surname}${prefix && ` (${prefix})`}, ${initials}`,
  ({ initials, prefix, surname }) => `${surname}, ${prefix && `${prefix}, `}${initials}`,
  ({ initials, prefix, surname }) => `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)} ${surname} ${initials}`,
  ({ initials, prefix, surname }) => `${surname.toUpperCase()} ${prefix.toUpperCase()} ${initials}`,
  ({ initials, prefix, surname }) => `${initials.split(".").join(". ").trim()} ${prefix} ${surname}`,
  ({ first, prefix, surname }) => `${first} ${prefix} ${surname}`,
  ({ initials, first, prefix, surname }) => `${surname}, ${initials} (${first}) ${prefix}`,
]

/** The prefix before, after, in brackets and in capitals; no number, only a name and a birth date. */
const prefixAnywhere: PrintedLayout = {
  name: "prefix-anywhere-without-number",
  style: "body{font:12px sans-serif}",
  sheets: those("17", "41", "52", "53", "70", "80", "104", "210", "211", "232", "61", "24", "71").map((person, nth) => {
    const name = spelled[nth % spelled.length]?.(person).replaceAll("  ", " ").trim() ?? ""
    return slip(person, 2026, 10, `<h2>Loonspecificatie</h2><p>Loontijdvak: oktober 2026 &nbsp; Loonheffingennummer: ${employer.wageTaxNumber}</p><p>Werknemer: ${name}</p><p>Geboortedatum: ${dutch(person.born, nth % 2 ? "." : "/")}</p><p>Functie: Planner. In dienst sinds 01-09-2011.</p><table>${lines(person, wageLines)}</table>`)
  }),
}

const unspaced = (person: Person): string => `${person.initials}${person.prefix ? ` ${person.prefix}` : ""} ${person.surname}`

/** Father and son of one name and initial, sisters of one birth date, namesakes: clear only where the page says which. */
const relatives: PrintedLayout = {
  name: "father-and-son-and-sisters",
  style: "body{font:12px serif}",
  sheets: [
    ...those("23", "24", "31", "32", "A-118", "119", "210", "211").map((person) => slip(person, 2026, 5, relative(plain(person), dutch(person.born)))),
    parked(relative("P. Visser", "")),
    parked(relative("De Vries", "30-11-1988")),
    parked(relative("Mevrouw De Vries", "30-11-1988")),
    parked(relative("J. Berg", "")),
    parked(relative("W. van Dijk", "")),
    parked(relative("Visser", "09-05-1963")),
    parked(relative("P. Visser", "05-09-1961")),
  ],
}

function relative(name: string, born: string): string {
  return `<h2>Loonstrook mei 2026</h2><p>${employer.name}</p><p>Naam: ${name}</p>${born && `<p>Geboortedatum: ${born}</p>`}<table><tr><td>Bruto</td><td>2.961,40</td></tr><tr><td>Netto</td><td>2.310,23</td></tr></table>`
}

const marriedNames: [string, string][] = [
  ["40", "Mevr. E.A. Jansen - de Wit"], ["40", "JANSEN-DE WIT, E.A."], ["40", "E.A. Jansen–de Wit"], ["40", "Jansen-de Wit E.A. (Elisabeth)"], ["40", "E.A. de Wit-Jansen"], ["40", "Wit-Jansen, E.A. de"],
  ["41", "C. Smit-van den Heuvel"], ["41", "Smit - van den Heuvel, C."], ["41", "Mw. C. Smit-v.d. Heuvel"], ["41", "van den Heuvel-Smit, C."], ["41", "SMIT-VAN DEN HEUVEL C"],
]

/** Married names with a hyphen, a dash and spaces, and the other way round; with a birth date, without a number. */
const married: PrintedLayout = {
  name: "married-names",
  style: "body{font:12px sans-serif}",
  sheets: marriedNames.flatMap(([number, name]) => those(number).map((person): Sheet => {
    const truth: Truth = { who: number, kind: "payslip", year: 2026, period: 2, ...(/de Wit-|^Wit|Heuvel-Smit/.test(name) ? { mayPark: true } : {}) }
    return { truth, html: `<h2>Salarisstrook</h2><p>Februari 2026</p><p>${name}</p><p>geboren ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>${employer.name}</p>` }
  })),
}

/** Statements with a BSN with dots or spaces, or a name and birth date only; the employer's numbers stand above. */
const jaaropgaaf: PrintedLayout = {
  name: "jaaropgaaf",
  style: "body{font:11px serif}table{width:100%}",
  sheets: [
    ...those("17", "18", "32", "40", "52", "70", "71", "1040", "00452", "A-118", "7", "201").map((person, nth) =>
      statement(person, 2025, `<h2>Jaaropgaaf 2025</h2><p>Inhoudingsplichtige: ${employer.name}, loonheffingennummer 9999.90.020.L.01, RSIN 999990020, vestigingsnr. 000099984412</p><p>Werknemer: ${nth % 2 ? sorted(person) : unspaced(person)}</p>
        <p>${nth % 3 === 2 ? `Geboortedatum ${dutch(person.born)}` : `Burgerservicenummer (BSN): ${person.bsn.replace(/(\d{4})(\d{2})(\d{3})/, nth % 2 ? "$1 $2 $3" : "$1.$2.$3")}`}</p>
        <table>${lines(person, ["Fiscaal loon (kolom 14)", "Loonbelasting/premie volksverzekeringen (kolom 15)", "Verrekende arbeidskorting (kolom 18)", "Ingehouden bijdrage Zvw (kolom 16)", "Totaal premies werknemersverzekeringen"])}</table><p>Bewaar deze jaaropgaaf voor uw aangifte inkomstenbelasting 2025. Terneuzen, 23 januari 2026.</p>`)),
    parked(`<h2>Jaaropgaaf 2025</h2><p>Inhoudingsplichtige: ${employer.name}, RSIN 999990020</p><p>Werknemer: ${plain(stranger("700", "B.", "de", "Wolf", "1960-03-03"))}</p><p>Burgerservicenummer (BSN): ${stranger("700", "B.", "de", "Wolf", "1960-03-03").bsn}</p><p>Fiscaal loon 21.002,00</p>`),
    parked(`<h2>Jaaropgaaf 2025</h2><p>Inhoudingsplichtige: ${employer.name}</p><p>Werknemer: A. Bakker</p><p>Burgerservicenummer (BSN): ${those("19")[0]?.bsn}</p><p>Fiscaal loon 21.002,00</p>`),
  ],
}

/** Revised payslips: the period that a page is of stands next to the ones it speaks about. */
const revised: PrintedLayout = {
  name: "revised-and-with-retroactive-lines",
  style: "body{font:11px sans-serif}.s{border:2px solid red;padding:4px}",
  sheets: those("17", "23", "41", "60", "70", "80", "104", "230", "231", "18", "52").map((person, nth) => {
    const head = `<p>Personeelsnummer ${person.number} &nbsp; ${sorted(person)} &nbsp; ${dutch(person.born)}</p>`
    const body = `<table>${lines(person, wageLines)}</table>`
    if (nth % 3 === 0) return slip(person, 2026, 6, `<p class=s>HERZIENE LOONSTROOK</p><h2>Loonstrook juni 2026</h2>${head}${body}<p>Deze strook vervangt de eerdere strook van juni 2026. Opgemaakt op 14 juli 2026.</p>`)
    if (nth % 3 === 1) return slip(person, 2026, 7, `<h2>Loonstrook</h2><p>Periode: 07-2026</p>${head}${body}<h4>TWK-correcties</h4><p>TWK 04-2026: ${money(person, 6)}<br>TWK 05-2026: ${money(person, 7)}<br>TWK 06-2026: ${money(person, 8)}</p>`)
    return slip(person, 2026, 1, `<h2>Loonstrook januari 2026</h2>${head}${body}<p>Correctie over december 2025: ${money(person, 6)} (verwerkt in tijdvak 1)</p><p>Datum betaling: 26 januari 2026</p>`)
  }),
}

/** Numbers that are also a year, a period or a director's 1, and a surname that is a month. */
const numbersThatMeanMore: PrintedLayout = {
  name: "numbers-that-mean-more",
  style: "body{font:11px sans-serif}",
  sheets: those("1", "7", "2026", "201", "104", "1040", "17", "31", "A-118", "00452").map((person, nth) => {
    const month = [1, 7, 3, 6, 4, 10, 7, 5, 11, 12][nth] ?? 1
    return slip(person, 2026, month, `<h2>Loonstrook ${monthsNl[month - 1]} 2026</h2><p>Periode ${month} | Volgnummer 1 | Blad 1 | Jaar 2026 | Tabel 2026</p><p>${person.number} &nbsp; ${person.surname}, ${person.initials} ${person.prefix}</p><p>Geb. ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>Verlofuren: 7 opgenomen, 104 saldo, 31 van vorig jaar. Vrij op te nemen tot 1 juli 2027.</p>`)
  }),
}

/** Everybody on plain pages with a header and a footer in capitals: the easy part of any month. */
const plainFourWeeks: PrintedLayout = {
  name: "plain-four-weeks",
  fourWeeks: true,
  style: "body{font:11px sans-serif}",
  sheets: people.map((person) => slip(person, 2025, 13, `<p>ZILVERDUIN LOGISTIEK B.V. - PERIODE 13/2025 (08-12-2025 - 04-01-2026)</p><h3>UITBETALINGSSPECIFICATIE</h3><p>${person.number} - ${plain(person).toUpperCase()}</p><p>GEBOREN ${dutch(person.born)}</p><table>${lines(person, wageLines)}</table><p>VERTROUWELIJK - OPGEMAAKT DOOR KANTOOR DE JONG & VISSER ADVISEURS</p>`)),
}

/** What is hard in a person: the name, the number, the family. */
export const names: PrintedLayout[] = [prefixAnywhere, relatives, married, jaaropgaaf, revised, numbersThatMeanMore, plainFourWeeks]
