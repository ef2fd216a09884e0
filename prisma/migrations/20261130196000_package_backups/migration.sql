-- Back-ups of the payroll package (docs/decisions/033): of an office's client through the engagement, or of an employer that runs payroll itself.

-- The key pair under which the back-ups of one engagement or employer are written (age); the identity to read is wrapped by the master key.
create table package_backup_key (
  audience_id uuid not null,
  recipient text not null,
  wrapped_identity bytea not null,
  constraint package_backup_key_pkey primary key (audience_id),
  constraint package_backup_key_audience_id_fkey foreign key (audience_id) references audience (id) on delete restrict on update cascade
);

-- One back-up, from the moment it is announced. It is one of the kept ones when all of it was read and fits what its sender said.
create table package_backup (
  id uuid not null,
  audience_id uuid not null,
  employer_id uuid not null,
  year integer not null,
  name text not null,
  description text not null default '',
  length bigint not null,
  received bigint not null default 0,
  sha256 bytea,
  state text not null default 'coming',
  refusal text,
  began_by uuid not null,
  began_by_name text not null,
  began_at timestamptz(3) not null default current_timestamp,
  landed_at timestamptz(3),
  pinned_at timestamptz(3),
  checked_at timestamptz(3),
  damaged_at timestamptz(3),
  constraint package_backup_pkey primary key (id),
  constraint package_backup_state check (state in ('coming', 'checking', 'kept', 'refused')),
  constraint package_backup_length check (length > 0 and received between 0 and length),
  constraint package_backup_sha256 check (length(sha256) = 32),
  constraint package_backup_landed check ((state = 'kept') = (landed_at is not null) and (state <> 'kept' or sha256 is not null and checked_at is not null)),
  constraint package_backup_audience_id_fkey foreign key (audience_id) references audience (id) on delete restrict on update cascade,
  constraint package_backup_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade
);
create index package_backup_audience_id_year_id_idx on package_backup (audience_id, year, id);
create index package_backup_employer_id_idx on package_backup (employer_id);
create index package_backup_due on package_backup (checked_at) where state = 'kept';
create index package_backup_unfinished on package_backup (began_at) where state <> 'kept';

-- The stored pieces of a back-up, each an age file of its own. Of two senders at the same place one piece can stand here.
create table package_backup_piece (
  id uuid not null,
  backup_id uuid not null,
  starts_at bigint not null,
  size integer not null,
  constraint package_backup_piece_pkey primary key (id),
  constraint package_backup_piece_size check (size > 0 and starts_at >= 0),
  constraint package_backup_piece_backup_id_fkey foreign key (backup_id) references package_backup (id) on delete cascade on update cascade
);
create unique index package_backup_piece_backup_id_starts_at_key on package_backup_piece (backup_id, starts_at);

-- After how many days without a back-up the owners are told; once for each time that none came.
create table package_backup_reminder (
  audience_id uuid not null,
  employer_id uuid not null,
  days integer not null,
  set_at timestamptz(3) not null,
  reminded_at timestamptz(3),
  constraint package_backup_reminder_pkey primary key (audience_id),
  constraint package_backup_reminder_days check (days between 1 and 366),
  constraint package_backup_reminder_audience_id_fkey foreign key (audience_id) references audience (id) on delete restrict on update cascade,
  constraint package_backup_reminder_employer_id_fkey foreign key (employer_id) references employer (id) on delete restrict on update cascade
);
create index package_backup_reminder_employer_id_idx on package_backup_reminder (employer_id);

do $$ declare t text; begin
  foreach t in array array['package_backup_key', 'package_backup', 'package_backup_piece', 'package_backup_reminder'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy system_all on %I for all to portal_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to portal_system', t);
    execute format('create trigger no_reader before insert or update or delete on %I for each statement execute function refuse_reader()', t);
  end loop;
end $$;

-- In sight of whose it is: the office while the engagement lives, or the employer. An office's back-ups are not its client's to see.
create policy own_backups on package_backup for all to portal_app
  using (audience_id = any ((select viewer_audiences())::uuid[]))
  with check (
    audience_id = any ((select viewer_audiences())::uuid[])
    and employer_id = any ((select viewer_employers())::uuid[])
    and (audience_id = employer_id
         or (select true from engagement e where e.id = audience_id and e.employer_id = package_backup.employer_id and e.ended_at is null))
  );
create policy own_backups on package_backup_key for all to portal_app
  using (audience_id = any ((select viewer_audiences())::uuid[])) with check (audience_id = any ((select viewer_audiences())::uuid[]));
create policy own_backups on package_backup_reminder for all to portal_app
  using (audience_id = any ((select viewer_audiences())::uuid[]))
  with check (
    audience_id = any ((select viewer_audiences())::uuid[])
    and employer_id = any ((select viewer_employers())::uuid[])
    and (audience_id = employer_id
         or (select true from engagement e where e.id = audience_id and e.employer_id = package_backup_reminder.employer_id and e.ended_at is null))
  );
create policy with_backup on package_backup_piece for all to portal_app
  using ((select true from package_backup b where b.id = backup_id)) with check ((select true from package_backup b where b.id = backup_id));

grant select, insert on package_backup_key to portal_app;
grant select, insert, delete on package_backup, package_backup_reminder to portal_app;
grant select, insert on package_backup_piece to portal_app;
-- That a back-up is whole, or damaged, is found by the system alone.
grant update (description, received, length, state, pinned_at) on package_backup to portal_app;
grant update (days, set_at, reminded_at) on package_backup_reminder to portal_app;
