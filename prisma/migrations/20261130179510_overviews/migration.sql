-- "Alleen serie-overzichten" (docs/decisions/021): every employer has a second audience, and who has the rank of that name carries it and nothing else.
alter table employer add column overviews_id uuid;
update employer set overviews_id = gen_random_uuid();
insert into audience (id, kind) select overviews_id, 'overviews' from employer;
alter table employer alter column overviews_id set not null;
create unique index employer_overviews_id_key on employer (overviews_id);
alter table employer add constraint employer_overviews_id_fkey foreign key (overviews_id) references audience (id) on delete restrict on update cascade;
alter table account_role drop constraint account_role_rank, add constraint account_role_rank check (rank in ('owner', 'member', 'reader', 'overviews'));

-- What was placed with an employer and is a series overview is in sight of its overviews too, for the same reason and from and until the same moments:
-- the second grant is a child of the first and changes with it. Nothing else is ever given to that audience, and nobody shares with it.
create function follow_employer_grant() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, parent_id, starts_at, ends_at, ended_at, asleep_at)
      select uuidv7(), new.file_id, e.overviews_id, new.employer_id, new.reason, new.given_by, new.id, new.starts_at, new.ends_at, new.ended_at, new.asleep_at
      from employer e join dossier_file f on f.id = new.file_id and f.origin = 'payroll' and f.kind = 'series-overview'
      where e.id = new.audience_id;
  else
    update file_grant c set starts_at = new.starts_at, ends_at = new.ends_at, ended_at = new.ended_at, asleep_at = new.asleep_at
      from employer e where e.id = new.audience_id and c.parent_id = new.id and c.audience_id = e.overviews_id;
  end if;
  return null;
end $$;
revoke all on function follow_employer_grant() from public;
create trigger follow_employer_grant after insert or update on file_grant for each row when (new.reason = 'placed') execute function follow_employer_grant();
insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, parent_id, starts_at, ends_at, ended_at, asleep_at)
  select uuidv7(), g.file_id, e.overviews_id, g.employer_id, g.reason, g.given_by, g.id, g.starts_at, g.ends_at, g.ended_at, g.asleep_at
  from file_grant g join employer e on e.id = g.audience_id join dossier_file f on f.id = g.file_id and f.origin = 'payroll' and f.kind = 'series-overview'
  where g.reason = 'placed';

-- The roles of an account that count, each with the audience that it acts as: the party itself, and for the overviews of an employer that audience.
-- That rank is an employer's alone; anywhere else it acts as nobody.
create function acting_roles(p_account uuid) returns table (party uuid, kind audience_kind, rank text, only_some_clients boolean, acts_as uuid) language sql stable as $$
  select l.party, l.kind, r.rank, r.only_some_clients, case when r.rank = 'overviews' then (select e.overviews_id from employer e where e.id = l.party) else l.party end
  from live_roles(p_account) l join account_role r on r.account_id = p_account and r.party_id = l.party
$$;

-- As they were, but who acts as the overviews of an employer carries that one audience: no employers, no workplace, and not the employer as party, so
-- that whatever goes by the party opens nothing either.
create or replace function enter_viewer(p_account uuid, p_party uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_role record;
  v_audiences uuid[] := '{}';
  v_employers uuid[] := '{}';
  v_workplace uuid;
begin
  select * into v_role from acting_roles(p_account) where party = p_party and acts_as is not null;
  if v_role.kind = 'office' then
    select coalesce(array_agg(id), '{}'), coalesce(array_agg(employer_id), '{}') into v_audiences, v_employers from live_engagements(p_account, p_party);
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

create or replace function enter_account(p_account uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_audiences uuid[];
begin
  select coalesce(array_agg(audience), '{}') into v_audiences from (
    select acts_as from acting_roles(p_account) where acts_as is not null
    union
    select e.id from acting_roles(p_account) r cross join lateral live_engagements(p_account, r.party) e where r.kind = 'office' and r.acts_as is not null
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

-- A colleague for the overviews changes nothing either.
create or replace function refuse_reader() returns trigger language plpgsql as $$
begin
  if session_user = 'portal_app' and viewer_rank() in ('reader', 'overviews') then raise exception 'a reader changes nothing' using errcode = 'insufficient_privilege'; end if;
  return null;
end $$;

-- As it was; the overviews are told as such to the employer alone, and only while somebody has that role.
create or replace function who_sees(p_file uuid)
  returns table (kind audience_kind, name text, initials text, prefix text, reason grant_reason, ends_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_owner uuid;
  v_sender uuid;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  select d.owner_id, f.sender_id into v_owner, v_sender from dossier_file f join dossier d on d.id = f.dossier_id where f.id = p_file;
  return query
    select a.kind, case when known.yes then coalesce(o.name, r.name, eo.name, v.name, w.surname) end, case when known.yes then w.initials end,
           case when known.yes then w.prefix end, g.reason, g.ends_at
    from file_grant g
      join audience a on a.id = g.audience_id
      left join office o on o.id = a.id
      left join employer r on r.id = a.id
      left join employee w on w.id = a.id
      left join engagement e on e.id = a.id and e.ended_at is null
      left join office eo on eo.id = e.office_id
      left join employer v on v.overviews_id = a.id and v.id = viewer_party() and exists (
        select from account_role ar join account c on c.id = ar.account_id
        where ar.party_id = v.id and ar.rank = 'overviews' and ar.ended_at is null and ar.blocked_at is null and c.blocked_at is null)
      cross join lateral (select viewer_party() in (v_owner, v_sender) or a.kind in ('office', 'engagement') or a.id = v_owner or a.id = viewer_party()
        or a.id is not distinct from viewer_workplace() or coalesce(r.id, v.id, w.employer_id) = any (viewer_employers()) as yes) known
    where g.file_id = p_file and is_live(g) and (a.kind <> 'engagement' or e.id is not null) and (a.kind <> 'overviews' or v.id is not null)
    order by a.kind, 2 nulls last, 3;
end $$;

-- As it was; what a colleague for the overviews opened, the employer opened.
create or replace function who_opened(p_file uuid, p_skip int, p_most int)
  returns table (at timestamptz, kind text, party audience_kind, name text, initials text, prefix text, colleague text, is_own boolean, total int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_sees_all boolean;
begin
  if not exists (select from file_grant g where g.file_id = p_file and g.audience_id = any (viewer_audiences()) and is_live(g)) then return; end if;
  select viewer_party() in (d.owner_id, f.sender_id) into v_sees_all from dossier_file f join dossier d on d.id = f.dossier_id where f.id = p_file;
  return query
    select e.at, e.kind, case when v.id is null then a.kind else 'employer' end, coalesce(o.name, r.name, v.name, w.surname), w.initials, w.prefix, c.name,
           e.account_id = viewer_account() and e.party_id = viewer_party(), (count(*) over ())::int
    from audit_event e
      left join audience a on a.id = e.party_id
      left join office o on o.id = e.party_id
      left join employer r on r.id = e.party_id
      left join employer v on v.overviews_id = e.party_id
      left join employee w on w.id = e.party_id
      left join account c on c.id = e.account_id and viewer_party() in (e.party_id, v.id)
    where e.subject_id = p_file and e.kind in ('file.viewed', 'file.downloaded')
      and (v_sees_all or (e.account_id = viewer_account() and e.party_id = viewer_party()))
    order by e.at desc, e.id desc offset p_skip limit p_most;
end $$;
