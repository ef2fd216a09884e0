-- The employer, or the office, whose mails these are: they see them in "Mails". Null for what concerns an account itself, which nobody else sees.
alter table mail add column owner_id uuid;
create function mail_owner() returns trigger language plpgsql as $$
begin
  new.owner_id := coalesce((select employer_id from employee where id = new.party_id), new.party_id);
  return new;
end $$;
create trigger mail_owner before insert or update of party_id on mail for each row when (new.party_id is not null) execute function mail_owner();
update mail m set owner_id = coalesce((select employer_id from employee where id = m.party_id), m.party_id) where m.party_id is not null;
create index mail_owner_id_state_queued_at_id_idx on mail (owner_id, state, queued_at, id) where owner_id is not null;

-- A viewer sees of a mail what it was about and how it went; never the address it went to, whose account it was, or what stood in it.
create policy of_employer_or_office on mail for select to portal_app
  using (owner_id = any ((select viewer_employers())::uuid[]) or owner_id = (select viewer_party()));
grant select (id, kind, owner_id, party_id, delivery_id, state, attempts, failure, queued_at, sent_at) on mail to portal_app;

-- An address is kept as its hash: whoever reads this table alone learns nobody's.
create function address_hash(p_address text) returns bytea language sql stable parallel safe as $$ select sha256(convert_to(lower(p_address), 'UTF8')) $$;

-- Where mail does not arrive, until somebody says that it may be tried again.
create table dead_address (
  address_hash bytea not null,
  reason text not null,
  since timestamptz(3) not null,
  revived_at timestamptz(3),
  constraint dead_address_pkey primary key (address_hash)
);

-- That a mail came back: each report once.
create table mail_bounce (
  mail_id uuid not null,
  report_hash bytea not null,
  address_hash bytea not null,
  weight text not null,
  reason text not null,
  at timestamptz(3) not null,
  constraint mail_bounce_pkey primary key (mail_id, report_hash),
  constraint mail_bounce_weight check (weight in ('hard', 'soft'))
);
create index mail_bounce_address_hash_at_idx on mail_bounce (address_hash, at);
create index mail_bounce_at_idx on mail_bounce (at);
alter table mail_bounce add constraint mail_bounce_mail_id_fkey foreign key (mail_id) references mail (id) on delete cascade on update cascade;

alter table dead_address enable row level security;
alter table mail_bounce enable row level security;
create policy system_all on dead_address for all to portal_system using (true) with check (true);
create policy system_all on mail_bounce for all to portal_system using (true) with check (true);
grant select, insert, update, delete on dead_address, mail_bounce to portal_system;

-- Kept beside the person, so that lists count and sift on it: why mail to the address in payroll does not arrive, and since when.
alter table employee add column mail_trouble text, add column mail_trouble_at timestamptz(3);
alter table employer add column mail_trouble text, add column mail_trouble_at timestamptz(3);

create function trouble_of_employee() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.mail_trouble := null;
  new.mail_trouble_at := null;
  select reason, since into new.mail_trouble, new.mail_trouble_at from dead_address where address_hash = address_hash(new.contact_email) and revived_at is null;
  return new;
end $$;
revoke all on function trouble_of_employee() from public;
create trigger employee_trouble before insert or update of contact_email on employee for each row execute function trouble_of_employee();

create function trouble_of_employer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.mail_trouble := null;
  new.mail_trouble_at := null;
  select reason, since into new.mail_trouble, new.mail_trouble_at from dead_address where address_hash = address_hash(new.email) and revived_at is null;
  return new;
end $$;
revoke all on function trouble_of_employer() from public;
create trigger employer_trouble before insert or update of email on employer for each row execute function trouble_of_employer();

-- Whoever has this address in payroll has this trouble from now on, or none any more.
create function mark_trouble(p_address text, p_reason text, p_at timestamptz) returns void language sql volatile as $$
  update employee set mail_trouble = p_reason, mail_trouble_at = p_at where lower(contact_email) = lower(p_address);
  update employer set mail_trouble = p_reason, mail_trouble_at = p_at where lower(email) = lower(p_address);
$$;

-- As access_state, with what mail to the address came to: where it does not arrive, that is what has to be put right first.
create function access_state(p_access text, p_until timestamptz, p_has_email boolean, p_has_proof boolean, p_at timestamptz, p_trouble text) returns text
language sql immutable parallel safe as $$
  select case when p_trouble is null or not p_has_email or p_access in ('blocked', 'withdrawn', 'taken') then access_state(p_access, p_until, p_has_email, p_has_proof, p_at)
    else 'bounced' end
$$;
