-- What a finding's message is made of: {"code": …, "figures": {…}}, so that it can be put in another language. NULL where the
-- finding is of an audit before this column; the next audit fills it.
ALTER TABLE finding ADD COLUMN parts JSON;
