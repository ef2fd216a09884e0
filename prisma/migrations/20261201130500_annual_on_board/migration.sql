-- Annual statements on the month board (docs/decisions/037): counted as period 0 of the kind "year". What else has no period is not counted.
create function tally_kind(f dossier_file) returns text language sql immutable
  as $$ select case when f.kind = 'annual-statement' and f.period is null then 'year' else coalesce(f.period_kind, 'month') end $$;
create function tally_period(f dossier_file) returns int language sql immutable
  as $$ select case when f.kind = 'annual-statement' and f.period is null then 0 else f.period end $$;

-- As they were, by these two.
create or replace function change_tally(p_files uuid[], p_documents int, p_opened int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from delivery_tally t where (t.delivery_id, t.year, t.period_kind, t.period) in (
      select f.delivery_id, f.year, tally_kind(f), tally_period(f) from dossier_file f where f.id = any (p_files))
    order by t.delivery_id, t.year, t.period_kind, t.period for no key update;
  update delivery_tally t set documents = t.documents + p_documents * c.files, opened = t.opened + p_opened * c.opened
    from (
      select f.delivery_id, f.year, tally_kind(f) as period_kind, tally_period(f) as period, count(*) as files, count(r.file_id) as opened
      from dossier_file f left join file_first_read r on r.file_id = f.id where f.id = any (p_files) group by 1, 2, 3, 4
    ) c
    where t.delivery_id = c.delivery_id and t.year = c.year and t.period_kind = c.period_kind and t.period = c.period;
end $$;
create or replace function tally_delivery(p_delivery uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into delivery_tally (delivery_id, year, period_kind, period, audience_id, employer_id, documents, opened)
  select f.delivery_id, f.year, tally_kind(f), tally_period(f), d.audience_id, d.employer_id, count(*), count(r.file_id)
  from dossier_file f join delivery d on d.id = f.delivery_id left join file_first_read r on r.file_id = f.id
  where f.delivery_id = p_delivery and f.year is not null and tally_period(f) is not null and f.replaced_by_id is null
    and not exists (select from withdrawal w where w.file_id = f.id)
  group by 1, 2, 3, 4, 5, 6
  on conflict do nothing
$$;
-- What was sent before gets its counts; those that stand already stay as they are.
select tally_delivery(d.id) from delivery d
where d.state = 'sent' and exists (select from dossier_file f where f.delivery_id = d.id and f.kind = 'annual-statement' and f.period is null);
