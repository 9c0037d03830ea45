-- Passages of a document that somebody switched off: no search finds them. They are known by their
-- text, so that they stay off when the document is read again.
CREATE TABLE switched_off (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    text     TEXT NOT NULL,                 -- SHA-256 of the passage's text
    PRIMARY KEY (document, text)
) STRICT, WITHOUT ROWID;

-- The same of each chunk that there is, written in the same transactions; for every search to see.
ALTER TABLE chunks ADD COLUMN is_off INTEGER NOT NULL DEFAULT 0 CHECK (is_off IN (0, 1));
CREATE INDEX chunks_off ON chunks (version) WHERE is_off=1;
