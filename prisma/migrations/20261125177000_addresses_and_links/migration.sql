-- A link to choose a password goes to one address: using it proves that its holder reads there. Those asked together share `asking_id`. What was mailed
-- before does not know its address, so it is over.
alter table password_link add column address text, add column asking_id uuid;
update password_link set ended_at = current_timestamp where used_at is null and ended_at is null;

-- The addresses that the holder of an account has shown to read, in lower case: an account for several parties gets links nowhere else.
create table proven_address (
  account_id uuid not null,
  address text not null,
  proven_at timestamptz(3) not null default current_timestamp,
  constraint proven_address_pkey primary key (account_id, address)
);
alter table proven_address add constraint proven_address_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table proven_address enable row level security;
create policy system_all on proven_address for all to portal_system using (true) with check (true);
grant select, insert, update, delete on proven_address to portal_system;

-- Whoever has a password by now came in by a link to one of the addresses there are.
insert into proven_address (account_id, address)
  select distinct c.id, lower(a.address)
  from account c cross join lateral (
    select c.email as address
    union select o.email from account_role r join office o on o.id = r.party_id where r.account_id = c.id and r.ended_at is null
    union select e.email from account_role r join employer e on e.id = r.party_id where r.account_id = c.id and r.ended_at is null
    union select w.contact_email from account_role r join employee w on w.id = r.party_id where r.account_id = c.id and r.ended_at is null
    union select w.private_email from account_role r join employee w on w.id = r.party_id where r.account_id = c.id and r.ended_at is null
  ) a
  where c.password_hash is not null and a.address is not null and (c.email is null or a.address = c.email);

-- What an account went by before its wrong address was corrected: until it has a password, a link can still be asked by it.
create table former_username (
  username text not null,
  account_id uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  constraint former_username_pkey primary key (username, account_id)
);
create index former_username_account_id_idx on former_username (account_id);
alter table former_username add constraint former_username_account_id_fkey foreign key (account_id) references account (id) on delete restrict on update cascade;
alter table former_username enable row level security;
create policy system_all on former_username for all to portal_system using (true) with check (true);
grant select, insert, update, delete on former_username to portal_system;

-- A link that confirms an address is for a private one, or for the contact address of a party that `by_party_id` changed.
alter table address_link add column party_id uuid, add column by_party_id uuid;
grant select (party_id) on address_link to portal_app;
