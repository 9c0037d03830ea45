-- A source that came with a backup names a folder of another machine, or what somebody else wrote
-- into the file: it is not read before the user has named it.
ALTER TABLE sources ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;
