-- How sure text recognition was of a version on the whole, 0 to 1; NULL: none of it was recognised.
ALTER TABLE versions ADD COLUMN confidence REAL;

-- What somebody switched in the app, 1 for on; what does not stand here is off.
CREATE TABLE switches (name TEXT PRIMARY KEY, is_on INTEGER NOT NULL) STRICT;
