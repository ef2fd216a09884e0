-- The back-ups that an office has of a client that left (docs/decisions/036): until when they stay, and what that client was called then.
create table package_backup_ending (
  audience_id uuid not null,
  office_id uuid not null,
  employer_name text not null,
  goes_at timestamptz(3) not null,
  warned_at timestamptz(3) not null,
  constraint package_backup_ending_pkey primary key (audience_id),
  constraint package_backup_ending_audience_id_fkey foreign key (audience_id) references audience (id) on delete restrict on update cascade,
  constraint package_backup_ending_office_id_fkey foreign key (office_id) references office (id) on delete restrict on update cascade
);
create index package_backup_ending_office_id_idx on package_backup_ending (office_id);
create index package_backup_ending_goes_at_idx on package_backup_ending (goes_at);
alter table package_backup_ending enable row level security;
create policy system_all on package_backup_ending for all to portal_system using (true) with check (true);
grant select, insert, update, delete on package_backup_ending to portal_system;
create trigger no_reader before insert or update or delete on package_backup_ending for each statement execute function refuse_reader();

-- The office itself, and of its people who has all clients: with the client the list of who had that one alone is gone.
create policy former_client on package_backup_ending for select to portal_app using (office_id = (select viewer_party()) and (select viewer_has_all_clients()));
grant select on package_backup_ending to portal_app;

-- Its own copies can be brought back and removed, and nothing else is done with them. What was not whole when the client left is nobody's.
create policy of_former_client on package_backup for select to portal_app
  using (state = 'kept' and audience_id = any (array(select e.audience_id from package_backup_ending e)));
create policy remove_of_former_client on package_backup for delete to portal_app
  using (state = 'kept' and audience_id = any (array(select e.audience_id from package_backup_ending e)));
create policy of_former_client on package_backup_key for select to portal_app using (audience_id = any (array(select e.audience_id from package_backup_ending e)));

-- Clients that left before this: the same term, from now on. Their offices are mailed two weeks before the end.
insert into package_backup_ending (audience_id, office_id, employer_name, goes_at, warned_at)
  select e.id, e.office_id, c.name, current_timestamp + interval '90 days', current_timestamp from engagement e join employer c on c.id = e.employer_id
  where e.ended_at is not null and exists (select from package_backup b where b.audience_id = e.id and b.state in ('kept', 'checking'));
