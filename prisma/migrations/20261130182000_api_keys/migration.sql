-- Keys with which a program of an office or employer asks (docs/decisions/024). A key is no account: it acts for its party under its own id, and only the
-- SHA-256 of its secret is kept. It works while whoever holds it is an owner there; another owner can take it over.
create table api_key (
  id uuid not null,
  party_id uuid not null,
  name text not null,
  hint text not null,
  secret_hash bytea not null,
  scopes text[],
  rank text not null,
  only_some_clients boolean not null default false,
  held_by uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  constraint api_key_pkey primary key (id),
  constraint api_key_scopes check (scopes is not null),
  constraint api_key_rank check (rank in ('member', 'reader')),
  constraint api_key_party_id_fkey foreign key (party_id) references audience (id) on delete restrict on update cascade,
  constraint api_key_held_by_fkey foreign key (held_by) references account (id) on delete restrict on update cascade
);
create unique index api_key_secret_hash_key on api_key (secret_hash);
create index api_key_party_id_idx on api_key (party_id);

-- The clients of an office that a key is for, when it is for some only.
create table api_key_client (
  key_id uuid not null,
  employer_id uuid not null,
  constraint api_key_client_pkey primary key (key_id, employer_id),
  constraint api_key_client_key_id_fkey foreign key (key_id) references api_key (id) on delete cascade on update cascade,
  constraint api_key_client_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade
);
create index api_key_client_employer_id_idx on api_key_client (employer_id);

-- How often a key asked in its present minute: one row a key.
create table api_key_use (
  key_id uuid not null,
  window_at timestamptz(3) not null,
  count integer not null,
  constraint api_key_use_pkey primary key (key_id),
  constraint api_key_use_key_id_fkey foreign key (key_id) references api_key (id) on delete cascade on update cascade
);

-- A request that names itself (Idempotency-Key): what it asked, which id it was given for what it makes, until when it is taken to be running, and what was answered.
create table api_request (
  key_id uuid not null,
  name text not null,
  planned_id uuid not null,
  fingerprint bytea,
  running_until timestamptz(3) not null,
  status integer,
  answer text,
  created_at timestamptz(3) not null default current_timestamp,
  constraint api_request_pkey primary key (key_id, name),
  constraint api_request_key_id_fkey foreign key (key_id) references api_key (id) on delete cascade on update cascade
);
create index api_request_created_at_idx on api_request (created_at);

do $$ declare t text; begin
  foreach t in array array['api_key', 'api_key_client', 'api_key_use', 'api_request'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
  end loop;
end $$;

-- An owner sees the keys of the own party, without their secrets. A key is never an owner, so it sees none.
create policy keys_of_owner on api_key for select to portal_app using (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner');
create policy with_key on api_key_client for select to portal_app using ((select true from api_key k where k.id = key_id));
grant select (id, party_id, name, hint, scopes, rank, only_some_clients, held_by, created_at, expires_at, last_used_at, revoked_at) on api_key to portal_app;
grant select on api_key_client to portal_app;

-- The keys that work at this moment: not revoked, not over, and held by somebody who is an owner of the party now.
create function live_key(p_key uuid) returns table (party uuid, kind audience_kind, rank text, only_some_clients boolean, acts_as uuid) language sql stable as $$
  select k.party_id, l.kind, k.rank, k.only_some_clients, k.party_id
  from api_key k
    join live_roles(k.held_by) l on l.party = k.party_id and l.kind in ('office', 'employer')
    join account_role r on r.account_id = k.held_by and r.party_id = k.party_id and r.rank = 'owner'
  where k.id = p_key and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;

-- The engagements that a key carries for an office, as live_engagements does for an account.
create function live_engagements_of_key(p_key uuid, p_office uuid) returns table (id uuid, employer_id uuid) language sql stable as $$
  select e.id, e.employer_id
  from engagement e join api_key k on k.id = p_key and k.party_id = e.office_id
  where e.office_id = p_office and e.ended_at is null
    and (not k.only_some_clients or exists (select from api_key_client c where c.key_id = k.id and c.employer_id = e.employer_id))
$$;

-- As it was, and who is no account may be a key: it carries what a colleague of its rank with its clients would.
create or replace function enter_viewer(p_account uuid, p_party uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_role record;
  v_is_key boolean := false;
  v_audiences uuid[] := '{}';
  v_employers uuid[] := '{}';
  v_workplace uuid;
begin
  select * into v_role from acting_roles(p_account) where party = p_party and acts_as is not null;
  if not found then
    select * into v_role from live_key(p_account) where party = p_party;
    v_is_key := found;
  end if;
  if v_role.kind = 'office' then
    if v_is_key then
      select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers from live_engagements_of_key(p_account, p_party);
    else
      select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers from live_engagements(p_account, p_party);
    end if;
    v_audiences := array_prepend(p_party, v_audiences);
  elsif v_role.acts_as is not null then
    v_audiences := array[v_role.acts_as];
  end if;
  if v_role.kind = 'employer' and v_role.rank <> 'overviews' then v_employers := array[p_party]; end if;
  if v_role.kind = 'employee' then select employer_id into v_workplace from employee where id = p_party; end if;
  perform set_config('app.account', case when v_role.acts_as is null then '' else p_account::text end, true),
          set_config('app.party', coalesce(v_role.acts_as::text, ''), true),
          set_config('app.rank', coalesce(v_role.rank, ''), true),
          set_config('app.clients', case when v_role.only_some_clients then 'some' when v_role.acts_as is null then '' else 'all' end, true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', v_employers::text, true),
          set_config('app.workplace', coalesce(v_workplace::text, ''), true);
end $$;

-- What a package says of a file it hands in, beside the file itself: what it is, of when and of whom. Nothing said: it is recognised.
alter table delivery_upload
  add column told_kind text,
  add column told_year integer,
  add column told_period integer,
  add column told_period_kind text,
  add column told_employee_id uuid,
  add constraint delivery_upload_told_period_kind check (told_period_kind in ('month', 'four-weeks'));
