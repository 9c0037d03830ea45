-- What a reader understood of each page, slide or sheet, or of the whole file.
CREATE TABLE parts (
    version INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    head    TEXT NOT NULL,                  -- JSON: number, name, size of the page, confidence
    text    BLOB NOT NULL,                  -- this and the next two: UTF-8, deflated
    blocks  BLOB NOT NULL,                  -- JSON: kind, where it stands in the text, …
    lines   BLOB NOT NULL,                  -- JSON: where lines of the text stand on the page
    PRIMARY KEY (version, ordinal)
) STRICT;
ALTER TABLE versions ADD COLUMN unit TEXT;  -- what its parts are: page, slide, sheet; NULL: no parts
ALTER TABLE versions ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN made TEXT NOT NULL DEFAULT '';     -- as the file says, ISO 8601
ALTER TABLE versions ADD COLUMN changed TEXT NOT NULL DEFAULT '';

-- How sure text recognition was of a chunk, 0 to 1; NULL: its text was not recognised but read.
ALTER TABLE chunks ADD COLUMN confidence REAL;
