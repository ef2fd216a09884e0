import { getTranslations } from "next-intl/server"
import type { DeliveryItemView, DeliveryView } from "#domain/deliveries/view-delivery.ts"
import type { EmployeeName } from "#domain/parties/list-names.ts"
import { DOCUMENT_KINDS } from "#policy/document-kinds.ts"
import { periodsPerYear } from "#policy/periods.ts"
import { ActionForm } from "./action-form.tsx"
import type { FormAction } from "./delivery-words.ts"
import { Field, SelectField } from "./field.tsx"
import { periodName } from "./file-title.ts"
import { SubmitButton } from "./submit-button.tsx"

type Props = {
  view: DeliveryView
  item: DeliveryItemView
  /** A document of the person it was dragged to, who is filled in and not saved. */
  as?: DeliveryItemView | undefined
  /** The next document that waits, or "". */
  next: string
  people: readonly EmployeeName[]
  action: FormAction
}

/** Says whose and what a document is. What was recognised stands filled in; where nothing was, what the rest of the delivery is about. */
export async function AssignForm({ view, item, as, next, people, action }: Props) {
  const t = await getTranslations()
  const kind = (item.periodKind ?? view.employer.periodKind) === "four-weeks" ? "four-weeks" : "month"
  const others = view.items.find((one) => one.year !== null && one.period !== null)
  const year = item.year ?? others?.year ?? view.delivery.createdAt.getFullYear()
  const period = item.period ?? (item.parked ? others?.period : null)
  const numbers = Array.from({ length: periodsPerYear(kind) }, (_, index) => index + 1)
  return (
    <ActionForm action={action} className="form assign" label={t(item.parked ? "assign.title" : "assign.titleAgain")}>
      <div>
        <h2>{t(item.parked ? "assign.title" : "assign.titleAgain")}</h2>
        <p className="soft">{as?.employee ? t("assign.dragged", { name: as.employee.name }) : t("assign.lead")}</p>
      </div>
      <input type="hidden" name="deliveryId" value={view.delivery.id} />
      <input type="hidden" name="itemId" value={item.id} />
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="periodKind" value={kind} />
      <SelectField
        name="employeeId"
        label={t("assign.employee")}
        hint={t("assign.employeeHint")}
        defaultValue={as?.employeeId ?? item.employeeId ?? ""}
        options={[{ value: "", label: t(item.parked ? "assign.choose" : "assign.forEmployer") }, ...people.map(({ id, name, number }) => ({ value: id, label: `${name} (${number})` }))]}
      />
      <SelectField
        name="kind"
        label={t("assign.kind")}
        defaultValue={item.parked && item.kind === "other" ? "payslip" : item.kind}
        options={DOCUMENT_KINDS.map((value) => ({ value, label: t(`documentKinds.${value}`) }))}
      />
      <Field name="year" label={t("assign.year")} short inputMode="numeric" maxLength={4} defaultValue={String(year)} autoComplete="off" />
      <SelectField
        name="period"
        label={t("assign.period")}
        defaultValue={String(period ?? "")}
        options={[{ value: "", label: t("assign.noPeriod") }, ...numbers.map((number) => ({ value: String(number), label: periodName(t, { kind, number }) }))]}
      />
      <SubmitButton>{t(item.parked ? "assign.save" : "assign.saveAgain")}</SubmitButton>
    </ActionForm>
  )
}
