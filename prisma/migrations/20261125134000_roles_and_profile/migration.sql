-- An account may hold several roles. What entering as one role and as all of them have in common stands once: which roles are live, and
-- which engagements an office carries. Both are written to be taken up into the query that asks (language sql, stable).
create function live_roles(p_account uuid) returns table (party uuid, kind audience_kind) language sql stable as $$
  select r.party_id, a.kind
  from account_role r join audience a on a.id = r.party_id join account c on c.id = r.account_id
  where r.account_id = p_account and r.ended_at is null and c.blocked_at is null
$$;
create function live_engagements(p_office uuid) returns table (id uuid, employer_id uuid) language sql stable as $$
  select e.id, e.employer_id from engagement e where e.office_id = p_office and e.ended_at is null
$$;

create or replace function enter_viewer(p_account uuid, p_party uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind audience_kind;
  v_audiences uuid[] := '{}';
  v_employers uuid[] := '{}';
  v_workplace uuid;
begin
  select kind into v_kind from live_roles(p_account) where party = p_party;
  if v_kind = 'employee' then
    v_audiences := array[p_party];
    select employer_id into v_workplace from employee where id = p_party;
  elsif v_kind = 'employer' then
    v_audiences := array[p_party];
    v_employers := array[p_party];
  elsif v_kind = 'office' then
    select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers from live_engagements(p_party);
    v_audiences := array_prepend(p_party, v_audiences);
  end if;
  perform set_config('app.account', case when v_kind is null then '' else p_account::text end, true),
          set_config('app.party', case when v_kind is null then '' else p_party::text end, true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', v_employers::text, true),
          set_config('app.workplace', coalesce(v_workplace::text, ''), true);
end $$;

-- Enters a transaction as an account with all its live roles at once: for "Ongelezen", which counts over all of them. It carries what each of
-- the roles carries and so goes by the same rule; it acts for no party, works for no employer, and can change nothing.
create function enter_account(p_account uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_audiences uuid[];
begin
  select coalesce(array_agg(audience), '{}') into v_audiences from (
    select party from live_roles(p_account)
    union
    select e.id from live_roles(p_account) r cross join lateral live_engagements(r.party) e where r.kind = 'office'
  ) as carried (audience);
  perform set_config('app.account', case when v_audiences = '{}' then '' else p_account::text end, true),
          set_config('app.party', '', true),
          set_config('app.audiences', v_audiences::text, true),
          set_config('app.employers', '{}', true),
          set_config('app.workplace', '', true),
          set_config('transaction_read_only', 'on', true);
end $$;
revoke all on function enter_account(uuid) from public;
grant execute on function enter_account(uuid) to portal_app;

-- The live roles of whoever looks, with what each is called on screen. `name` is of an office or employer, `at` the workplace of an employee.
create function roles_of_viewer()
  returns table (party uuid, kind audience_kind, name text, initials text, prefix text, surname text, at text, client_number text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.party, r.kind, coalesce(o.name, e.name), w.initials, w.prefix, w.surname, we.name, o.client_number
  from live_roles(viewer_account()) r
    left join office o on o.id = r.party
    left join employer e on e.id = r.party
    left join employee w on w.id = r.party
    left join employer we on we.id = w.employer_id
  order by r.kind, coalesce(o.name, e.name, we.name), r.party
$$;
revoke all on function roles_of_viewer() from public;
grant execute on function roles_of_viewer() to portal_app;

-- "Ongelezen" of one audience: what was placed with it or shared to it, and not read by this account yet. A file that came by several of
-- the viewer's audiences counts once, as the newest. Scalar subselects, as in the rule: each stays an index look-up per row.
-- Newest first, at most p_limit, from right after a place (a moment and a grant) back to a moment. It sorts by the column itself, in here: sorted
-- by whoever asks, the index would not give the order.
create function unread_grants(p_audience uuid, p_at timestamptz, p_grant uuid, p_since timestamptz, p_limit int)
  returns table (id uuid, file_id uuid, starts_at timestamptz) language sql stable as $$
  select g.id, g.file_id, g.starts_at from file_grant g
  where g.audience_id = p_audience and g.reason <> 'delivered' and g.ended_at is null
    and g.starts_at >= p_since and g.starts_at <= p_at and (g.starts_at < p_at or g.id < p_grant)
    and (select true from file_read r where r.account_id = (select viewer_account()) and r.file_id = g.file_id limit 1) is null
    and (select true from file_grant n
         where n.file_id = g.file_id and n.reason <> 'delivered' and n.ended_at is null and (n.starts_at, n.id) > (g.starts_at, g.id) limit 1) is null
  order by g.starts_at desc, g.id desc limit p_limit
$$;
-- The same as file_grant_received, with what tells apart those of one moment, so that a page begins exactly where the one before it ended.
create index file_grant_received_in_order on file_grant (audience_id, starts_at desc, id desc) where reason <> 'delivered' and ended_at is null;
drop index file_grant_received;

-- What an account wants: whether it is mailed about new files, and when language, theme and mail were last chosen (never: as the browser has it).
alter table account add column mails_on_new_files boolean not null default true, add column preferences_at timestamptz(3);
create policy own_preferences on account for update to portal_app using (id = (select viewer_account())) with check (id = (select viewer_account()));
grant select (mails_on_new_files, preferences_at) on account to portal_app;
grant update (locale, theme, mails_on_new_files, preferences_at) on account to portal_app;

-- A one-time link that confirms a private e-mail address. Only the hash of its token is kept.
create table address_link (
  id uuid not null,
  account_id uuid not null,
  address text not null,
  token_hash bytea not null,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  ended_at timestamptz(3),
  constraint address_link_pkey primary key (id)
);
create unique index address_link_token_hash_key on address_link (token_hash);
create index address_link_account_id_idx on address_link (account_id);
alter table address_link add constraint address_link_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table address_link enable row level security;
create policy system_all on address_link for all to portal_system using (true) with check (true);
grant select, insert, update, delete on address_link to portal_system;
create policy own_links on address_link for select to portal_app using (account_id = (select viewer_account()));
grant select (id, account_id, address, expires_at, used_at, ended_at) on address_link to portal_app;
