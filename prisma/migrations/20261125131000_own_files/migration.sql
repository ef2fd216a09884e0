-- When a scanner found nothing in a file, and null where none looked.
alter table dossier_file add column scanned_at timestamptz(3);

-- How much the own files of a dossier weigh, kept by a trigger, so that it is right whoever adds or removes them. Its row is what two
-- uploads at the same moment wait for.
create table dossier_usage (
  dossier_id uuid not null,
  own_bytes bigint not null default 0,
  constraint dossier_usage_pkey primary key (dossier_id),
  constraint dossier_usage_dossier_id_fkey foreign key (dossier_id) references dossier(id) on delete cascade on update cascade,
  constraint dossier_usage_own_bytes check (own_bytes >= 0)
);
insert into dossier_usage (dossier_id, own_bytes) select dossier_id, sum(size) from dossier_file where origin = 'own' group by dossier_id;

create function count_own_bytes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    update dossier_usage set own_bytes = own_bytes - old.size where dossier_id = old.dossier_id;
  else
    insert into dossier_usage as u (dossier_id, own_bytes) values (new.dossier_id, new.size)
      on conflict (dossier_id) do update set own_bytes = u.own_bytes + excluded.own_bytes;
  end if;
  return null;
end $$;
revoke all on function count_own_bytes() from public;
create trigger count_own_bytes_in after insert on dossier_file for each row when (new.origin = 'own') execute function count_own_bytes();
create trigger count_own_bytes_out after delete on dossier_file for each row when (old.origin = 'own') execute function count_own_bytes();

alter table dossier_usage enable row level security;
create policy system_all on dossier_usage for all to portal_system using (true) with check (true);
grant select, insert, update, delete on dossier_usage to portal_system;
create policy own_usage on dossier_usage for select to portal_app using (
  (select true from dossier d where d.id = dossier_id and d.owner_id = (select viewer_party()))
);
grant select on dossier_usage to portal_app;

-- Places an own file in the viewer's own dossier, with the one grant that shows it to its owner alone. The app role may add no file or grant
-- itself: whose file it is and who sees it are not among the parameters. Its id is the upload's, so that finishing an upload twice is one file.
-- 'placed', 'again' when it is there already, 'full' when the dossier has no room for it, 'nowhere' when the viewer has no dossier.
create function place_own_file(p_id uuid, p_name text, p_media_type text, p_size int, p_sha256 bytea, p_storage_key text, p_sender_name text,
  p_scanned_at timestamptz, p_at timestamptz, p_grant uuid, p_room bigint) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_dossier dossier;
  v_used bigint;
begin
  select * into v_dossier from dossier where owner_id = viewer_party();
  if not found then return 'nowhere'; end if;
  insert into dossier_usage (dossier_id) values (v_dossier.id) on conflict (dossier_id) do nothing;
  select own_bytes into v_used from dossier_usage where dossier_id = v_dossier.id for update;
  if exists (select from dossier_file where id = p_id and dossier_id = v_dossier.id and origin = 'own') then return 'again'; end if;
  if v_used + p_size > p_room then return 'full'; end if;
  insert into dossier_file (id, dossier_id, employer_id, origin, kind, name, media_type, size, sha256, storage_key, sender_id, sender_name, created_at, scanned_at)
    values (p_id, v_dossier.id, v_dossier.employer_id, 'own', 'other', p_name, p_media_type, p_size, p_sha256, p_storage_key, viewer_party(), p_sender_name, p_at, p_scanned_at);
  insert into file_grant (id, file_id, audience_id, employer_id, reason, given_by, starts_at)
    values (p_grant, p_id, v_dossier.owner_id, v_dossier.employer_id, 'placed', viewer_account(), p_at);
  insert into file_read (account_id, file_id, read_at) values (viewer_account(), p_id, p_at);
  return 'placed';
end $$;
revoke all on function place_own_file(uuid, text, text, int, bytea, text, text, timestamptz, timestamptz, uuid, bigint) from public;
grant execute on function place_own_file(uuid, text, text, int, bytea, text, text, timestamptz, timestamptz, uuid, bigint) to portal_app;
