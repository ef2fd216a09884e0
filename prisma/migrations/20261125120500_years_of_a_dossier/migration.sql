-- A payroll file belongs to a year and an own file does not, so the year alone tells them apart. In a table with row-level security only
-- leakproof operators may use an index, and comparing an enum is not one: with `origin` in the condition every file of a dossier was read.
alter table dossier_file add constraint dossier_file_year check ((origin = 'payroll') = (year is not null));
drop index dossier_file_dossier_id_origin_year_idx;
create index dossier_file_dossier_id_year_idx on dossier_file (dossier_id, year);
