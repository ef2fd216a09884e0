-- What breaking deliveries found (docs/decisions/022 and 023).

-- What was laid before an employer is in its sight while it lies there, and once it was sent as long as the file that came of it is: what was withdrawn is gone here too.
alter policy laid_before on delivery_item using (
  (select true from delivery d where d.id = delivery_id and d.open_to_employer and d.employer_id = (select viewer_party())
    and (select viewer_rank()) in ('owner', 'member'))
  and (file_id is null or (select true from dossier_file f where f.id = delivery_item.file_id))
);
