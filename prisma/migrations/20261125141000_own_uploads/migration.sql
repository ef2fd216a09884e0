-- An own file that is still coming in. Its pieces stand in the storage; which of them count, and in which order, stands here, so that any web
-- process can go on with it and two that take it in at once cannot both add the same bytes.
create table own_upload (
  id uuid not null,
  account_id uuid not null,
  party_id uuid not null,
  dossier_id uuid not null,
  name text not null,
  length int not null,
  received int not null default 0,
  piece_ids uuid[] default array[]::uuid[],
  piece_sizes int[] default array[]::int[],
  began_at timestamptz(3) not null,
  constraint own_upload_pkey primary key (id),
  constraint own_upload_account_id_fkey foreign key (account_id) references account(id) on delete restrict on update cascade,
  constraint own_upload_dossier_id_fkey foreign key (dossier_id) references dossier(id) on delete cascade on update cascade,
  constraint own_upload_length check (length > 0 and received between 0 and length)
);
create index own_upload_account_id_idx on own_upload (account_id);
create index own_upload_dossier_id_idx on own_upload (dossier_id);
create index own_upload_began_at_idx on own_upload (began_at);

alter table own_upload enable row level security;
create policy system_all on own_upload for all to portal_system using (true) with check (true);
grant select, insert, update, delete on own_upload to portal_system;
create policy own_uploads on own_upload for all to portal_app
  using (account_id = (select viewer_account()) and party_id = (select viewer_party()))
  with check (account_id = (select viewer_account()) and party_id = (select viewer_party()));
grant select, delete on own_upload to portal_app;
grant update (length, received, piece_ids, piece_sizes) on own_upload to portal_app;

-- Begins an upload for the viewer's own dossier. What is announced is kept free in the dossier from now on: two that come for the last room wait for
-- the row of its weight. Counted are the uploads begun after p_alive. 'begun', 'many' when this account has p_most of them, 'full' when the dossier
-- has no room for it, 'nowhere' when the viewer has no dossier.
create function begin_own_upload(p_id uuid, p_name text, p_length int, p_at timestamptz, p_alive timestamptz, p_most int, p_room bigint) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_dossier uuid;
  v_used bigint;
  v_coming bigint;
begin
  select id into v_dossier from dossier where owner_id = viewer_party();
  if not found then return 'nowhere'; end if;
  insert into dossier_usage (dossier_id) values (v_dossier) on conflict (dossier_id) do nothing;
  select own_bytes into v_used from dossier_usage where dossier_id = v_dossier for update;
  if (select count(*) from own_upload where account_id = viewer_account() and began_at > p_alive) >= p_most then return 'many'; end if;
  select coalesce(sum(length), 0) into v_coming from own_upload where dossier_id = v_dossier and began_at > p_alive;
  if v_used + v_coming + p_length > p_room then return 'full'; end if;
  insert into own_upload (id, account_id, party_id, dossier_id, name, length, began_at)
    values (p_id, viewer_account(), viewer_party(), v_dossier, p_name, p_length, p_at);
  return 'begun';
end $$;
revoke all on function begin_own_upload(uuid, text, int, timestamptz, timestamptz, int, bigint) from public;
grant execute on function begin_own_upload(uuid, text, int, timestamptz, timestamptz, int, bigint) to portal_app;
