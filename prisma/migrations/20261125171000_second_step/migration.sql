-- A second step beside the password: a code app (TOTP), recovery codes, passkeys; and what waits between the two steps of signing in.
alter table account
  add column may_put_off_second_step boolean not null default false,
  add column put_off_at timestamptz(3);
-- Who was here before it was asked goes on as they were.
update account set may_put_off_second_step = true;

create table totp (
  account_id uuid not null,
  sealed bytea,
  last_step integer not null default 0,
  since timestamptz(3),
  failures integer not null default 0,
  waiting bytea,
  waiting_at timestamptz(3),
  constraint totp_pkey primary key (account_id)
);
create table recovery_code (
  id uuid not null,
  account_id uuid not null,
  hash bytea not null,
  created_at timestamptz(3) not null default current_timestamp,
  used_at timestamptz(3),
  constraint recovery_code_pkey primary key (id)
);
create unique index recovery_code_hash_key on recovery_code (hash);
create index recovery_code_account_id_idx on recovery_code (account_id);
create table passkey (
  id uuid not null,
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[],
  name text not null,
  created_at timestamptz(3) not null default current_timestamp,
  last_used_at timestamptz(3),
  constraint passkey_pkey primary key (id)
);
create unique index passkey_credential_id_key on passkey (credential_id);
create index passkey_account_id_idx on passkey (account_id);
create table passkey_challenge (
  id uuid not null,
  secret_hash bytea not null,
  challenge text not null,
  account_id uuid,
  expires_at timestamptz(3) not null,
  constraint passkey_challenge_pkey primary key (id)
);
create unique index passkey_challenge_secret_hash_key on passkey_challenge (secret_hash);
create index passkey_challenge_expires_at_idx on passkey_challenge (expires_at);
create table pending_sign_in (
  id uuid not null,
  account_id uuid not null,
  party_id uuid not null,
  secret_hash bytea not null,
  device text,
  tries_left integer not null default 5,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  constraint pending_sign_in_pkey primary key (id),
  constraint pending_sign_in_tries check (tries_left >= 0)
);
create unique index pending_sign_in_secret_hash_key on pending_sign_in (secret_hash);
create index pending_sign_in_account_id_idx on pending_sign_in (account_id);
create index pending_sign_in_expires_at_idx on pending_sign_in (expires_at);
alter table totp add constraint totp_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table recovery_code add constraint recovery_code_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table passkey add constraint passkey_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table pending_sign_in add constraint pending_sign_in_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;

-- Only the system reads these, for the account that it was told: no viewer's query has any business here.
do $$ declare t text; begin
  foreach t in array array['totp', 'recovery_code', 'passkey', 'passkey_challenge', 'pending_sign_in'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
  end loop;
end $$;
