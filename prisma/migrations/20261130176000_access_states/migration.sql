-- The welcome mail has a token of its own, which opens nothing: it tells where the invitation stands, and asks the mail with the link.
alter table invitation add column token_hash bytea;
create unique index invitation_token_hash_key on invitation (token_hash);

-- Where a person or client stands with getting in, kept beside the person, so that lists count and sift without sight of accounts and mails. What time
-- and payroll decide (over, no address, no proof) is added at reading, by access_state. `welcome_due_at`: a first payslip came while there was no proof.
alter table employee
  add column access text not null default 'none',
  add column access_at timestamptz(3),
  add column access_until timestamptz(3),
  add column welcome_due_at timestamptz(3),
  add constraint employee_access check (access in ('none', 'uninvited', 'invited', 'delivered', 'bounced', 'withdrawn', 'tries-used', 'active', 'blocked', 'taken'));
alter table employer
  add column access text not null default 'none',
  add column access_at timestamptz(3),
  add column access_until timestamptz(3),
  add constraint employer_access check (access in ('none', 'uninvited', 'invited', 'delivered', 'bounced', 'withdrawn', 'tries-used', 'active', 'blocked', 'taken'));

-- THE STATE of somebody's access at a moment, as the cabinet, the lists and inviting all at once have it. Proof is what a first password asks: a date of
-- birth, or a wage tax number.
create function access_state(p_access text, p_until timestamptz, p_has_email boolean, p_has_proof boolean, p_at timestamptz) returns text
language sql immutable parallel safe as $$
  select case
    when p_access in ('active', 'blocked') then p_access
    when not p_has_email then 'no-email'
    when p_access = 'withdrawn' then p_access
    when p_access = 'taken' then 'taken-away'
    when not p_has_proof then 'no-proof'
    when p_access in ('none', 'uninvited') then 'not-invited'
    when p_access in ('tries-used', 'bounced') then p_access
    when p_until <= p_at then 'expired'
    else p_access
  end
$$;

-- What accounts, invitations and welcome mails tell of these parties. A party's own account is its oldest live one that is not of somebody who works there.
create function access_facts(p_parties uuid[]) returns table (party_id uuid, access text, access_at timestamptz, access_until timestamptz)
language sql stable as $$
  select party_id, access,
    case access when 'blocked' then blocked_at when 'withdrawn' then withdrawn_at when 'invited' then created_at when 'delivered' then mailed_at when 'bounced' then mailed_at end,
    case when access in ('invited', 'delivered', 'bounced', 'tries-used') then expires_at end
  from (
    select p.id as party_id, own.blocked_at, i.created_at, i.withdrawn_at, i.expires_at, m.mailed_at,
      case when own.account_id is null then case when before.yes then 'taken' else 'none' end
           when own.blocked_at is not null then 'blocked'
           when own.has_password then 'active'
           when i.withdrawn_at is not null then 'withdrawn'
           when i.created_at is null or i.replaced_at is not null then 'uninvited'
           when i.tries_left = 0 then 'tries-used'
           when m.state = 'failed' then 'bounced'
           when m.state = 'sent' then 'delivered'
           else 'invited' end as access
    from unnest(p_parties) as p (id)
      left join lateral (
        select r.account_id, r.blocked_at, c.password_hash is not null as has_password
        from account_role r join account c on c.id = r.account_id
        where r.party_id = p.id and r.ended_at is null and c.email is null order by r.id limit 1
      ) own on true
      left join lateral (
        select true as yes from account_role r join account c on c.id = r.account_id where r.party_id = p.id and r.ended_at is not null and c.email is null limit 1
      ) before on own.account_id is null
      left join lateral (
        select created_at, expires_at, withdrawn_at, replaced_at, tries_left from invitation where account_id = own.account_id order by created_at desc, id desc limit 1
      ) i on true
      left join lateral (
        select state, coalesce(sent_at, queued_at) as mailed_at from mail
        where account_id = own.account_id and kind in ('welcome-employee', 'welcome-employer') order by queued_at desc, id desc limit 1
      ) m on true
  ) as known
$$;

-- Writes down where these parties stand, where that changed.
create function refresh_access(p_parties uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if cardinality(p_parties) = 0 then return; end if;
  update employee e set access = f.access, access_at = f.access_at, access_until = f.access_until from access_facts(p_parties) f
    where e.id = f.party_id and (e.access, e.access_at, e.access_until) is distinct from (f.access, f.access_at, f.access_until);
  update employer e set access = f.access, access_at = f.access_at, access_until = f.access_until from access_facts(p_parties) f
    where e.id = f.party_id and (e.access, e.access_at, e.access_until) is distinct from (f.access, f.access_at, f.access_until);
end $$;
revoke all on function refresh_access(uuid[]) from public;

create function access_by_role() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_access(array(select distinct party_id from changed));
  return null;
end $$;
revoke all on function access_by_role() from public;
create trigger access_role_added after insert on account_role referencing new table as changed for each statement execute function access_by_role();
create trigger access_role_changed after update on account_role referencing new table as changed for each statement execute function access_by_role();
create trigger access_role_removed after delete on account_role referencing old table as changed for each statement execute function access_by_role();

create function access_by_invitation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_access(array(select distinct r.party_id from changed c join account_role r on r.account_id = c.account_id where r.ended_at is null));
  return null;
end $$;
revoke all on function access_by_invitation() from public;
create trigger access_invitation_added after insert on invitation referencing new table as changed for each statement execute function access_by_invitation();
create trigger access_invitation_changed after update on invitation referencing new table as changed for each statement execute function access_by_invitation();

create function access_by_mail() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_access(array(
    select distinct r.party_id from changed c join account_role r on r.account_id = c.account_id
    where r.ended_at is null and c.kind in ('welcome-employee', 'welcome-employer')
  ));
  return null;
end $$;
revoke all on function access_by_mail() from public;
create trigger access_mail_added after insert on mail referencing new table as changed for each statement execute function access_by_mail();
create trigger access_mail_changed after update on mail referencing new table as changed for each statement execute function access_by_mail();

create function access_by_account() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_access(array(select party_id from account_role where account_id = new.id and ended_at is null));
  return null;
end $$;
revoke all on function access_by_account() from public;
create trigger access_account_changed after update of password_hash, email on account for each row
  when ((old.password_hash is null) <> (new.password_hash is null) or (old.email is null) <> (new.email is null)) execute function access_by_account();

select refresh_access(array(select distinct party_id from account_role where ended_at is null));
