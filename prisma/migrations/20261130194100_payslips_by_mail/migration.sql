-- Payslips by mail, for who insists: a sender of payslips allows it for a client, and switches it on for a person. Nobody has it by itself.
create table payslip_mail_client (
  employer_id uuid not null,
  sender_id uuid not null,
  allowed_by uuid not null,
  allowed_at timestamptz(3) not null default current_timestamp,
  constraint payslip_mail_client_pkey primary key (employer_id, sender_id)
);
create table payslip_mail_person (
  employee_id uuid not null,
  sender_id uuid not null,
  on_by uuid not null,
  on_at timestamptz(3) not null default current_timestamp,
  constraint payslip_mail_person_pkey primary key (employee_id, sender_id)
);
-- The person's own no goes before everything.
create table payslip_mail_refusal (
  employee_id uuid not null,
  refused_at timestamptz(3) not null default current_timestamp,
  constraint payslip_mail_refusal_pkey primary key (employee_id)
);
-- What opens the files; sealed under the master key. Chosen by the person, or made for a sender that hands it over.
create table payslip_mail_password (
  employee_id uuid not null,
  sealed bytea not null,
  made_by text not null,
  made_at timestamptz(3) not null default current_timestamp,
  constraint payslip_mail_password_pkey primary key (employee_id),
  constraint payslip_mail_password_made_by check (made_by in ('employee', 'sender'))
);
alter table payslip_mail_client add constraint payslip_mail_client_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade;
alter table payslip_mail_client add constraint payslip_mail_client_sender_id_fkey foreign key (sender_id) references audience (id) on delete restrict on update cascade;
alter table payslip_mail_person add constraint payslip_mail_person_employee_id_fkey foreign key (employee_id) references employee (id) on delete restrict on update cascade;
alter table payslip_mail_person add constraint payslip_mail_person_sender_id_fkey foreign key (sender_id) references audience (id) on delete restrict on update cascade;
alter table payslip_mail_refusal add constraint payslip_mail_refusal_employee_id_fkey foreign key (employee_id) references employee (id) on delete restrict on update cascade;
alter table payslip_mail_password add constraint payslip_mail_password_employee_id_fkey foreign key (employee_id) references employee (id) on delete restrict on update cascade;

-- When a copy of it went by mail: whoever sees the file may know.
alter table dossier_file add column mailed_at timestamptz(3);

alter table payslip_mail_client enable row level security;
alter table payslip_mail_person enable row level security;
alter table payslip_mail_refusal enable row level security;
alter table payslip_mail_password enable row level security;
create policy system_all on payslip_mail_client for all to portal_system using (true) with check (true);
create policy system_all on payslip_mail_person for all to portal_system using (true) with check (true);
create policy system_all on payslip_mail_refusal for all to portal_system using (true) with check (true);
create policy system_all on payslip_mail_password for all to portal_system using (true) with check (true);
create policy of_sender on payslip_mail_client for all to portal_app
  using (sender_id = (select viewer_party()) and employer_id = any ((select viewer_employers())::uuid[]))
  with check (sender_id = (select viewer_party()) and employer_id = any ((select viewer_employers())::uuid[]));
create policy of_sender on payslip_mail_person for all to portal_app
  using (sender_id = (select viewer_party()) and (select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])))
  with check (sender_id = (select viewer_party()) and (select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])));
create policy of_oneself on payslip_mail_person for select to portal_app using (employee_id = (select viewer_party()) and (select viewer_workplace()) is not null);
create policy of_oneself on payslip_mail_refusal for all to portal_app
  using (employee_id = (select viewer_party()) and (select viewer_workplace()) is not null)
  with check (employee_id = (select viewer_party()) and (select viewer_workplace()) is not null);
create policy of_staff on payslip_mail_refusal for select to portal_app
  using ((select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])));
create policy of_oneself on payslip_mail_password for all to portal_app
  using (employee_id = (select viewer_party()) and (select viewer_workplace()) is not null)
  with check (employee_id = (select viewer_party()) and (select viewer_workplace()) is not null and made_by = 'employee');
create policy seen_by_staff on payslip_mail_password for select to portal_app
  using ((select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])));
create policy made_by_staff on payslip_mail_password for insert to portal_app
  with check (made_by = 'sender' and (select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])));
create policy renewed_by_staff on payslip_mail_password for delete to portal_app
  using (made_by = 'sender' and (select true from employee w where w.id = employee_id and w.employer_id = any ((select viewer_employers())::uuid[])));
grant select, insert, update, delete on payslip_mail_client, payslip_mail_person, payslip_mail_refusal, payslip_mail_password to portal_system;
grant select, insert, delete on payslip_mail_client, payslip_mail_person, payslip_mail_refusal to portal_app;
-- Whether there is one and who made it; what it is, the portal reads only when it locks a file.
grant select (employee_id, made_by, made_at), insert, delete on payslip_mail_password to portal_app;
