-- An invitation: the welcome mail to a party's own account. It is over after four days.
create table invitation (
  id uuid not null,
  account_id uuid not null,
  party_id uuid not null,
  by_account_id uuid,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  withdrawn_at timestamptz(3),
  replaced_at timestamptz(3),
  tries_left integer not null default 5,
  constraint invitation_pkey primary key (id),
  constraint invitation_tries check (tries_left >= 0)
);
create index invitation_account_id_idx on invitation (account_id);
alter table invitation add constraint invitation_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table invitation add constraint invitation_party_id_fkey foreign key (party_id) references audience (id) on delete restrict on update cascade;
alter table invitation enable row level security;
create policy system_all on invitation for all to portal_system using (true) with check (true);
grant select, insert, update, delete on invitation to portal_system;

-- A role can be blocked, and no other role of the same person.
alter table account_role add column blocked_at timestamptz(3);
create or replace function live_roles(p_account uuid) returns table (party uuid, kind audience_kind) language sql stable as $$
  select r.party_id, a.kind
  from account_role r join audience a on a.id = r.party_id join account c on c.id = r.account_id
  where r.account_id = p_account and r.ended_at is null and r.blocked_at is null and c.blocked_at is null
$$;

-- Who was welcomed before there were invitations and has no password yet (a party's own account, its oldest): five tries from here on.
insert into invitation (id, account_id, party_id, created_at, expires_at)
  select gen_random_uuid(), own.account_id, own.party_id, own.welcomed_at, own.welcomed_at + interval '4 days'
  from (
    select distinct on (r.party_id) r.account_id, r.party_id, p.welcomed_at
    from account_role r join (select id, welcomed_at from employee union all select id, welcomed_at from employer) p on p.id = r.party_id
    where r.ended_at is null and p.welcomed_at is not null order by r.party_id, r.id
  ) own join account c on c.id = own.account_id
  where c.password_hash is null;
