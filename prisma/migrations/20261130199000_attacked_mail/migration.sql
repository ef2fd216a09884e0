-- When an upload of a program was taken for a delivery: it stays an hour from then, for the same request.
alter table api_upload add column used_at timestamptz(3);
grant update (used_at) on api_upload to portal_app;

-- A viewer begins a back-up of the payroll package and sends its pieces; that it is whole is found by the system alone, and nothing is put into one that is.
create policy begun_by_viewer on package_backup as restrictive for insert to portal_app
  with check (state = 'coming' and received = 0 and refusal is null and pinned_at is null and damaged_at is null);
create policy into_coming on package_backup_piece as restrictive for insert to portal_app
  with check ((select true from package_backup b where b.id = backup_id and b.state in ('coming', 'checking') and b.received >= starts_at + size));
