-- When it last went wrong, so that the wait grows from there.
alter table attempt add column last_at timestamptz(3);

-- A browser in which somebody signed in before, by the hash of the secret in its cookie: strangers cannot keep it out (OWASP, "device cookies").
create table known_device (
  account_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz(3) not null default current_timestamp,
  last_seen_at timestamptz(3) not null default current_timestamp,
  constraint known_device_pkey primary key (account_id, token_hash)
);
alter table known_device add constraint known_device_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table known_device enable row level security;
create policy system_all on known_device for all to portal_system using (true) with check (true);
grant select, insert, update, delete on known_device to portal_system;

-- An account lists its own sessions.
create policy own_sessions on session for select to portal_app using (account_id = (select viewer_account()));
grant select (id, account_id, party_id, device, created_at, last_seen_at, expires_at, ended_at) on session to portal_app;

-- "Gebruikersnaam vergeten" goes by an address, however its capitals were typed.
create index account_email_idx on account (lower(email)) where email is not null;
create index office_email_idx on office (lower(email)) where email is not null;
create index employer_email_idx on employer (lower(email)) where email is not null;
create index employee_contact_email_idx on employee (lower(contact_email)) where contact_email is not null;
create index employee_private_email_idx on employee (lower(private_email)) where private_email is not null;
