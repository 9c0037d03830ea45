-- What each document says of its own edition: derived, see retrieval/library/editions.py.
CREATE TABLE editions (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    place    TEXT NOT NULL,                 -- where the editions of it lie: collection, folder, period
    title    TEXT NOT NULL,                 -- without dates and numbers; '' where there is none
    file     TEXT NOT NULL,                 -- the same of its file's name
    signs    TEXT NOT NULL,                 -- JSON
    sketch   BLOB NOT NULL                  -- of its words: the least hashes, 32 bits, little-endian
) STRICT;
CREATE INDEX editions_by_title ON editions (place, title);
CREATE INDEX editions_by_file ON editions (place, file);

-- The release of the rules by which its edition was read, 0: not yet.
ALTER TABLE documents ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_by_described ON documents (described);
