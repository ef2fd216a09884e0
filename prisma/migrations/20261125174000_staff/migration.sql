-- Several people work for one office, or one employer, each with an account of their own. A role has a rank: an owner also says who works there, a
-- member does the work, a reader changes nothing. Of an office a role may be for some clients only: it carries no other engagement, and so sees no other.
alter table account_role
  add column rank text not null default 'owner',
  add column only_some_clients boolean not null default false,
  add constraint account_role_rank check (rank in ('owner', 'member', 'reader'));
-- Who holds the account, and where that person is mailed. Empty for an account of a party itself: those are in payroll.
alter table account add column name text, add column email text;

create table role_client (
  role_id uuid not null,
  employer_id uuid not null,
  constraint role_client_pkey primary key (role_id, employer_id)
);
create index role_client_employer_id_idx on role_client (employer_id);
alter table role_client add constraint role_client_role_id_fkey foreign key (role_id) references account_role (id) on delete restrict on update cascade;
alter table role_client add constraint role_client_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade;
alter table role_client enable row level security;
create policy system_all on role_client for all to portal_system using (true) with check (true);
grant select, insert, update, delete on role_client to portal_system;

create function viewer_rank() returns text language sql stable parallel safe as $$ select coalesce(current_setting('app.rank', true), '') $$;
create function viewer_has_all_clients() returns boolean language sql stable parallel safe as $$ select coalesce(current_setting('app.clients', true), '') = 'all' $$;

-- The engagements that an account carries for an office: the running ones, and for a role of some clients those alone.
drop function live_engagements(uuid);
create function live_engagements(p_account uuid, p_office uuid) returns table (id uuid, employer_id uuid) language sql stable as $$
  select e.id, e.employer_id
  from engagement e join account_role r on r.party_id = e.office_id and r.account_id = p_account
  where e.office_id = p_office and e.ended_at is null
    and (not r.only_some_clients or exists (select from role_client c where c.role_id = r.id and c.employer_id = e.employer_id))
$$;

create or replace function enter_viewer(p_account uuid, p_party uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind audience_kind;
  v_rank text;
  v_some boolean;
  v_audiences uuid[] := '{}';
  v_employers uuid[] := '{}';
  v_workplace uuid;
begin
  select l.kind, r.rank, r.only_some_clients into v_kind, v_rank, v_some
    from live_roles(p_account) l join account_role r on r.account_id = p_account and r.party_id = l.party where l.party = p_party;
  if v_kind = 'employee' then
    v_audiences := array[p_party];
    select employer_id into v_workplace from employee where id = p_party;
  elsif v_kind = 'employer' then
    v_audiences := array[p_party];
    v_employers := array[p_party];
  elsif v_kind = 'office' then
    select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers from live_engagements(p_account, p_party);
    v_audiences := array_prepend(p_party, v_audiences);
  end if;
  perform set_config('app.account', case when v_kind is null then '' else p_account::text end, true),
          set_config('app.party', case when v_kind is null then '' else p_party::text end, true),
          set_config('app.rank', coalesce(v_rank, ''), true),
          set_config('app.clients', case when v_some then 'some' when v_kind is null then '' else 'all' end, true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', v_employers::text, true),
          set_config('app.workplace', coalesce(v_workplace::text, ''), true);
end $$;

create or replace function enter_account(p_account uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_audiences uuid[];
begin
  select coalesce(array_agg(audience), '{}') into v_audiences from (
    select party from live_roles(p_account)
    union
    select e.id from live_roles(p_account) r cross join lateral live_engagements(p_account, r.party) e where r.kind = 'office'
  ) as carried (audience);
  perform set_config('app.account', case when v_audiences = '{}' then '' else p_account::text end, true),
          set_config('app.party', '', true),
          set_config('app.rank', '', true),
          set_config('app.clients', '', true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', '{}', true),
          set_config('app.workplace', '', true),
          set_config('transaction_read_only', 'on', true);
end $$;

-- An owner sees who works for the same party: the roles, their clients, and of each account its name, username and address.
create policy staff_of_owner on account_role for select to portal_app using (party_id = (select viewer_party()) and (select viewer_rank()) = 'owner');
create policy staff_of_owner on account for select to portal_app using (
  (select viewer_rank()) = 'owner' and (select true from account_role r where r.account_id = account.id and r.party_id = (select viewer_party()) limit 1)
);
create policy with_role on role_client for select to portal_app using ((select true from account_role r where r.id = role_id));
grant select on role_client to portal_app;
grant select (name, email) on account to portal_app;

-- An employer that asks to come is for who has all clients.
alter policy both_sides on office_move using (
  employer_id = (select viewer_party()) or (office_id = (select viewer_party()) and asked_at is not null and (select viewer_has_all_clients()))
);

-- A reader changes nothing of the party, by whatever way: also not through a function that runs as its owner.
create function refuse_reader() returns trigger language plpgsql as $$
begin
  if session_user = 'portal_app' and viewer_rank() = 'reader' then raise exception 'a reader changes nothing' using errcode = 'insufficient_privilege'; end if;
  return null;
end $$;
do $$ declare t text; begin
  foreach t in array array['audience', 'employee', 'dossier', 'dossier_key', 'dossier_file', 'file_grant', 'delivery', 'delivery_upload', 'delivery_item', 'own_upload', 'dossier_usage', 'file_text'] loop
    execute format('create trigger no_reader before insert or update or delete on %I for each statement execute function refuse_reader()', t);
  end loop;
end $$;

-- As it was, but an office shares with the clients that the viewer has, not with all of the office's.
create or replace function share_steps(p_file uuid, p_to uuid[])
  returns table (audience_id uuid, reason grant_reason, parent_id uuid, employer_id uuid, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with seen as (
    select f.id, d.owner_id from dossier_file f join dossier d on d.id = f.dossier_id
    where f.id = p_file and f.origin = 'own' and f.binned_at is null
      and exists (select from file_grant g where g.file_id = f.id and g.audience_id = viewer_party() and is_live(g))
  ), own as (select * from seen where owner_id = viewer_party()), step (audience_id, reason, parent_id, employer_id, ends_at) as (
    select w.employer_id, 'shared'::grant_reason, null::uuid, w.employer_id, null::timestamptz
      from own join employee w on w.id = own.owner_id where w.employer_id = any (p_to)
    union all
    select e.id, 'shared', null, e.employer_id, null
      from own join engagement e on e.employer_id = own.owner_id where e.id = any (p_to) and e.ended_at is null
    union all
    select w.id, 'shared', null, w.employer_id, null
      from own join employee w on w.employer_id = own.owner_id where w.id = any (p_to)
    union all
    select e.employer_id, 'shared', null, e.employer_id, null
      from own join engagement e on e.office_id = own.owner_id where e.employer_id = any (p_to) and e.ended_at is null and e.id = any (viewer_audiences())
    union all
    select e.id, 'shared_on', g.id, e.employer_id, g.ends_at
      from seen join employee w on w.id = seen.owner_id and w.employer_id = viewer_party()
        join file_grant g on g.file_id = seen.id and g.audience_id = w.employer_id and g.reason = 'shared' and is_live(g)
        join engagement e on e.id = any (p_to) and e.employer_id = w.employer_id and e.ended_at is null
  )
  select distinct on (audience_id) * from step order by audience_id, ends_at desc nulls first, parent_id
$$;
