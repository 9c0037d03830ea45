-- A job is work that outlives the process which asked for it; the owner of the library does it.
CREATE TABLE jobs (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    arguments TEXT NOT NULL,                -- JSON
    status    TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    attempts  INTEGER NOT NULL DEFAULT 0,   -- how often an owner began it
    cancel    INTEGER NOT NULL DEFAULT 0,   -- 1: it shall stop
    progress  TEXT,                         -- JSON, while it runs
    result    TEXT,                         -- JSON, of what was done
    message   TEXT,                         -- why it failed
    asked_at  TEXT NOT NULL,                -- UTC, ISO 8601
    ended_at  TEXT
) STRICT;
CREATE INDEX jobs_by_status ON jobs (status);

-- How often a process died with a document's bytes in hand.
ALTER TABLE documents ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

-- Which document shows a version: asked for every passage that is found.
CREATE UNIQUE INDEX documents_by_version ON documents (version) WHERE version IS NOT NULL;

-- The files of a vector index (sizes and times) when it was last seen to be well. NULL: dirty.
ALTER TABLE indexes ADD COLUMN seal TEXT;
DELETE FROM indexes;                        -- what Chroma is given has changed: built again
