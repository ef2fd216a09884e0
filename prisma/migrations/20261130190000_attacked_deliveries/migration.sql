-- What breaking deliveries found (docs/decisions/022 and 023).

-- What was laid before an employer is in its sight while it lies there, and once it was sent as long as the file that came of it is: what was withdrawn is gone here too.
alter policy laid_before on delivery_item using (
  (select true from delivery d where d.id = delivery_id and d.open_to_employer and d.employer_id = (select viewer_party())
    and (select viewer_rank()) in ('owner', 'member'))
  and (file_id is null or (select true from dossier_file f where f.id = delivery_item.file_id))
);

-- When the sender said that a delivery may go, for one that goes later: on a date, or after akkoord.
alter table delivery add column decided_at timestamptz(3);
grant update (decided_at) on delivery to portal_app;

-- As it was; but what the same sender sent after it let this delivery go is the newest, also when this comes after it: that takes the place of what is brought here.
create or replace function replace_earlier(p_delivery uuid, p_at timestamptz) returns table (old_id uuid, new_id uuid, dossier_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_old uuid[]; v_new uuid[];
begin
  with pair as (
    select n.id as brought, o.id as known, coalesce(o.created_at > s.decided_at, false) as is_newer
    from dossier_file n join dossier d on d.id = n.dossier_id join employee w on w.id = d.owner_id join delivery s on s.id = n.delivery_id
      join dossier_file o on o.dossier_id = n.dossier_id and o.year = n.year and o.id <> n.id
    where n.delivery_id = p_delivery and n.kind in ('payslip', 'annual-statement') and o.delivery_id is distinct from n.delivery_id
      and o.origin = 'payroll' and o.kind = n.kind and o.period is not distinct from n.period and o.period_kind is not distinct from n.period_kind
      and o.sender_id = n.sender_id and o.replaced_by_id is null and not exists (select from withdrawal x where x.file_id = o.id)
  ), replaced as (
    select known as old_id, brought as new_id from pair where not is_newer
    union all
    select brought, (array_agg(known order by known desc))[1] from pair where is_newer group by brought
  )
  select array_agg(o.old_id order by o.old_id), array_agg(o.new_id order by o.old_id) into v_old, v_new from replaced o;
  if v_old is null then return; end if;
  perform from dossier_file where id = any (v_old) order by id for no key update;
  perform supersede(v_old, v_new, p_at);
  return query select p.old_id, p.new_id, f.dossier_id from unnest(v_old, v_new) as p (old_id, new_id) join dossier_file f on f.id = p.new_id;
end $$;
