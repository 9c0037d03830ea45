-- Documents that were deleted and can still be had back. Such a document shows no version and has
-- a path of its own, so that no search finds it and another may take its place.
CREATE TABLE trash (
    document   TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    version    INTEGER,                     -- the one that was visible; NULL: none was
    path       TEXT NOT NULL,               -- where it was in its source
    trashed_at TEXT NOT NULL                -- UTC, ISO 8601
) STRICT;

-- What became of a folder or file that is mirrored when it was last looked through.
CREATE TABLE syncs (
    source  INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    at      TEXT NOT NULL,                  -- UTC, ISO 8601
    added   INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    failed  INTEGER NOT NULL,
    problem TEXT                            -- why it could not be looked through, in one line
) STRICT;
