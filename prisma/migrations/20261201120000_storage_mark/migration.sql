-- By which file this portal knows its own place for files (docs/decisions/036): a place where that does not stand is not mounted, or is another one.
create table storage_mark (
  place text not null default 'files',
  id uuid not null,
  marked_at timestamptz(3) not null default current_timestamp,
  constraint storage_mark_pkey primary key (place),
  constraint storage_mark_place check (place = 'files')
);
alter table storage_mark enable row level security;
create policy system_all on storage_mark for all to portal_system using (true) with check (true);
grant select, insert, update, delete on storage_mark to portal_system;
