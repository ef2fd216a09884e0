-- By whose mailbox it was learnt that a mail does not arrive; the id of nobody is the portal's own server. Who owns a mailbox writes what comes back to it, so that counts for the owner's own people alone.
alter table mail_bounce add column through_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table dead_address add column through_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table dead_address drop constraint dead_address_pkey, add constraint dead_address_pkey primary key (address_hash, through_id);

-- Why nothing is mailed to an address for an employer or its people: as the portal learnt it, that employer, or the office that works for it now.
create function dead_for(p_address text, p_employer_id uuid) returns setof dead_address language sql stable as $$
  select * from dead_address
  where address_hash = address_hash(p_address) and revived_at is null
    and through_id in ('00000000-0000-0000-0000-000000000000', p_employer_id, (select office_id from engagement where employer_id = p_employer_id and ended_at is null))
  order by through_id limit 1
$$;

create or replace function trouble_of_employee() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.mail_trouble := null;
  new.mail_trouble_at := null;
  select reason, since into new.mail_trouble, new.mail_trouble_at from dead_for(new.contact_email, new.employer_id);
  return new;
end $$;

create or replace function trouble_of_employer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.mail_trouble := null;
  new.mail_trouble_at := null;
  select reason, since into new.mail_trouble, new.mail_trouble_at from dead_for(new.email, new.id);
  return new;
end $$;

-- Whoever has this address in payroll, and is mailed by this mailbox or its owner, has this trouble from now on.
create function mark_trouble(p_address text, p_reason text, p_at timestamptz, p_through_id uuid) returns void language sql volatile as $$
  update employee w set mail_trouble = p_reason, mail_trouble_at = p_at
  where lower(contact_email) = lower(p_address)
    and p_through_id in ('00000000-0000-0000-0000-000000000000', w.employer_id, (select office_id from engagement where employer_id = w.employer_id and ended_at is null));
  update employer e set mail_trouble = p_reason, mail_trouble_at = p_at
  where lower(email) = lower(p_address)
    and p_through_id in ('00000000-0000-0000-0000-000000000000', e.id, (select office_id from engagement where employer_id = e.id and ended_at is null));
$$;
