-- One more kind of audience: the colleagues at an employer who see its series overviews and nothing else. A new value can be used from the next
-- transaction on, so the rest stands in a migration of its own.
alter type audience_kind add value 'overviews';
