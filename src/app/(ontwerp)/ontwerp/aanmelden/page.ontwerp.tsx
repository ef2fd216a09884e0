import { getTranslations } from "next-intl/server"
import { ErrorSummary } from "#ui/error-summary.tsx"
import { CheckField, Field, SelectField, TextField } from "#ui/field.tsx"
import { PasswordField } from "#ui/password-field.tsx"
import { PublicShell } from "#ui/public-shell.tsx"
import { SubmitButton } from "#ui/submit-button.tsx"
import { doNothing } from "../../invented.ontwerp.tsx"

export default async function SignInGalleryPage() {
  const t = await getTranslations()
  return (
    <PublicShell
      title="Aanmelden"
      lead="Met de gebruikersnaam uit uw welkomstmail. Een kantoor gebruikt zijn klantnummer."
      foot={<><a href="/ontwerp">Gebruikersnaam vergeten</a><a href="/ontwerp">Wachtwoord vergeten</a><a href="/ontwerp" lang="en">English</a></>}
    >
      <form className="form" action={doNothing} noValidate>
        <ErrorSummary sentence={t("errors.form-incomplete")} fields={{ gebruikersnaam: "Vul uw gebruikersnaam in." }} answer={null} />
        <Field name="gebruikersnaam" label="Gebruikersnaam" error="Vul uw gebruikersnaam in." autoComplete="username" />
        <PasswordField name="wachtwoord" label="Wachtwoord" autoComplete="current-password" />
        <Field name="geboortedatum" label="Geboortedatum" hint="Bijvoorbeeld 12-03-1988" inputMode="numeric" short optional />
        <SelectField name="jaar" label="Loonjaar" options={[{ value: "2026", label: "2026" }, { value: "2025", label: "2025" }]} />
        <TextField name="omschrijving" label="Omschrijving" rows={3} optional />
        <CheckField name="apparaat" label="Dit is mijn eigen apparaat" hint="Dan vragen wij de tweede stap hier 30 dagen niet." />
        <SubmitButton wide>Aanmelden</SubmitButton>
      </form>
    </PublicShell>
  )
}
