-- The mailbox through which an office or employer has its own mails sent. One for a party; the password or the tokens are kept sealed.
create table mailbox (
  party_id uuid not null,
  is_on boolean not null default false,
  version integer not null default 1,
  address text not null,
  name text not null,
  host text not null,
  port integer not null,
  security text not null,
  username text not null,
  sign_in_by text not null,
  secret_sealed bytea,
  copy_as text,
  copy_to text,
  per_minute integer not null,
  per_day integer not null,
  created_at timestamptz(3) not null default current_timestamp,
  changed_at timestamptz(3) not null default current_timestamp,
  proven_at timestamptz(3),
  last_sent_at timestamptz(3),
  last_failed_at timestamptz(3),
  last_failure text,
  failures integer not null default 0,
  failing_since timestamptz(3),
  retry_at timestamptz(3),
  told_at timestamptz(3),
  next_at timestamptz(3),
  day_at timestamptz(3),
  day_count integer not null default 0,
  consent_hash bytea,
  consent_sealed bytea,
  consent_session uuid,
  consent_until timestamptz(3),
  constraint mailbox_pkey primary key (party_id),
  constraint mailbox_security check (security in ('tls', 'starttls')),
  constraint mailbox_sign_in_by check (sign_in_by in ('password', 'microsoft', 'google')),
  constraint mailbox_copy check ((copy_as is null) = (copy_to is null) and (copy_as is null or copy_as in ('cc', 'bcc'))),
  constraint mailbox_pace check (per_minute between 1 and 600 and per_day between 1 and 100000)
);
alter table mailbox add constraint mailbox_party_id_fkey foreign key (party_id) references audience (id) on delete restrict on update cascade;

-- The owners of the party see it; it is changed by the system, which mails all owners in the same transaction.
alter table mailbox enable row level security;
create policy system_all on mailbox for all to portal_system using (true) with check (true);
create policy of_owner on mailbox for select to portal_app
  using (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner' and (select viewer_workplace()) is null);
grant select, insert, update, delete on mailbox to portal_system;
grant select on mailbox to portal_app;
