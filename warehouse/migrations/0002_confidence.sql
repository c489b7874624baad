-- The probability that an event is right, as the extractor measured it; NULL for events of earlier versions.
ALTER TABLE event ADD COLUMN confidence DOUBLE;
