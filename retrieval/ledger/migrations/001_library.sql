-- A source is what is mirrored: a folder, a single file, or the browser's uploads.
CREATE TABLE sources (
    id         INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('folder', 'file', 'upload')),
    root       TEXT NOT NULL,               -- absolute path; '' for uploads
    device     TEXT,                        -- the disk it was on when it last held files
    UNIQUE (collection, root)
) STRICT;

-- A document is a place in a source. What can be searched of it is its current version.
CREATE TABLE documents (
    id          TEXT PRIMARY KEY,
    source      INTEGER NOT NULL REFERENCES sources (id),
    path        TEXT NOT NULL,              -- relative to the source, '/'-separated
    version     INTEGER REFERENCES versions (id),
    status      TEXT NOT NULL CHECK (status IN ('queued', 'reading', 'embedding', 'ready', 'failed')),
    staged      TEXT,                       -- SHA-256 of the bytes that wait to be read, in blobs/
    staged_size INTEGER,
    reason      TEXT,                       -- why the last attempt failed
    message     TEXT,
    ingested_at TEXT,                       -- UTC, ISO 8601
    UNIQUE (source, path)
) STRICT;

-- A version is what was read from certain bytes in a certain way; it never changes.
CREATE TABLE versions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    document    TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    sha256      TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    pipeline    TEXT NOT NULL,              -- reader, splitter, chunk length, tokenizer
    fingerprint TEXT NOT NULL,              -- the embedding model of its vectors
    title       TEXT,
    lang        TEXT NOT NULL,
    pages       INTEGER,
    warnings    TEXT NOT NULL               -- a JSON list of lines
) STRICT;
CREATE INDEX versions_of_document ON versions (document);

CREATE TABLE chunks (
    id       TEXT PRIMARY KEY,              -- hash of document, bytes, pipeline and ordinal
    version  INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    page     INTEGER,                       -- from 1; NULL where there are no pages
    heading  TEXT NOT NULL,
    start    INTEGER NOT NULL,              -- characters, in the page or else in the whole text
    end      INTEGER NOT NULL,
    text     TEXT NOT NULL,
    embedded TEXT NOT NULL                  -- SHA-256 of the text that was embedded for it
) STRICT;
CREATE UNIQUE INDEX chunks_of_version ON chunks (version, ordinal);
CREATE INDEX chunks_by_embedded ON chunks (embedded);

-- A vector belongs to a text and a model, so that equal texts are embedded once.
CREATE TABLE vectors (
    embedded    TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    vector      BLOB NOT NULL,              -- float32, little-endian, unit length
    PRIMARY KEY (embedded, fingerprint)
) STRICT, WITHOUT ROWID;

-- The outbox: what the derived indexes still have to be told, in order.
CREATE TABLE changes (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    op          TEXT NOT NULL CHECK (op IN ('add', 'remove')),
    chunk       TEXT NOT NULL,
    fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE indexes (
    fingerprint TEXT PRIMARY KEY,
    folder      TEXT NOT NULL,              -- below the index folder
    applied     INTEGER NOT NULL            -- the last seq that the index holds
) STRICT;
