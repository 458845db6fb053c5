-- The archive database, version 1. Spans are code points of documents.text, from `start` up to but not with `end`:
-- what was read is substr(text, start + 1, end - start).

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What was read: one row for one content, however many files hold it.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    chars INTEGER NOT NULL,
    pages INTEGER,
    source TEXT NOT NULL,
    type TEXT,
    type_name TEXT,
    number TEXT,
    serial TEXT,
    number_year INTEGER,
    symbol TEXT,
    number_state TEXT,
    date TEXT,
    date_precision TEXT,
    year INTEGER,
    place TEXT,
    issuer TEXT,
    issuer_level TEXT,
    issuer_parent TEXT,
    issuer_folded TEXT,
    title TEXT,
    stage TEXT,
    security TEXT,
    urgency TEXT,
    period_from TEXT,
    period_to TEXT,
    key TEXT,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_key ON documents (key) WHERE key IS NOT NULL;
CREATE INDEX documents_by_year ON documents (year, type);
CREATE INDEX documents_by_number ON documents (number) WHERE number IS NOT NULL;

-- Every file that was met. `status`: read, failed (`error` says why), vanished. `part`: text, or scan for the picture of a
-- document whose text another file holds.
CREATE TABLE files (
    path TEXT PRIMARY KEY NOT NULL,
    document INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    sha256 TEXT,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    part TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT
) WITHOUT ROWID;
CREATE INDEX files_by_document ON files (document);

CREATE TABLE rules (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE papers (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    kind TEXT NOT NULL,
    type TEXT,
    number TEXT,
    date TEXT,
    title TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, paper)
) WITHOUT ROWID;

-- `title` only where it does not stand word for word in the text; the view headings has it in any case.
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    section INTEGER NOT NULL,
    parent INTEGER,
    level INTEGER NOT NULL,
    kind TEXT NOT NULL,
    marker TEXT NOT NULL,
    title TEXT,
    title_start INTEGER,
    title_length INTEGER,
    topic TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    extent_end INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules (id),
    PRIMARY KEY (document, section)
) WITHOUT ROWID;

-- What is cited: one row for one document of the world, where number or name, date and issuer are the same.
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    type TEXT,
    number TEXT,
    name TEXT,
    year INTEGER,
    date TEXT,
    issuer TEXT,
    key TEXT
);
CREATE INDEX acts_by_number ON acts (number) WHERE number IS NOT NULL;
CREATE INDEX acts_by_name ON acts (name) WHERE name IS NOT NULL;
CREATE INDEX acts_by_key ON acts (key) WHERE key IS NOT NULL;

CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    citation INTEGER NOT NULL,
    act INTEGER NOT NULL REFERENCES acts (id),
    subject TEXT,
    pinpoints TEXT,
    role TEXT NOT NULL,
    relation TEXT,
    section INTEGER,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules (id),
    PRIMARY KEY (document, citation)
) WITHOUT ROWID;
CREATE INDEX citations_by_act ON citations (act);

-- `unit` and `label` only where they do not stand word for word in the text; the view quantities has them in any case.
CREATE TABLE findings (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    finding INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value NUMERIC NOT NULL,
    of NUMERIC,
    unit TEXT,
    unit_start INTEGER,
    unit_length INTEGER,
    label TEXT,
    label_start INTEGER,
    label_length INTEGER,
    per TEXT,
    status TEXT,
    qualifier TEXT,
    change TEXT,
    section INTEGER,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules (id),
    PRIMARY KEY (document, finding)
) WITHOUT ROWID;

CREATE TABLE signatories (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    signatory INTEGER NOT NULL,
    name TEXT,
    position TEXT,
    authority TEXT,
    acting_for TEXT,
    on_behalf_of TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules (id),
    PRIMARY KEY (document, signatory)
) WITHOUT ROWID;

-- Recipients (Nơi nhận) and addressees (Kính gửi).
CREATE TABLE recipients (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    recipient INTEGER NOT NULL,
    addressed INTEGER NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT,
    archive INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules (id),
    PRIMARY KEY (document, recipient)
) WITHOUT ROWID;

CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    diagnostic INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    start INTEGER,
    end INTEGER,
    PRIMARY KEY (document, diagnostic)
) WITHOUT ROWID;

-- Full text, folded (no marks, no case, đ as d); and the distinct words that bear marks, to put exact hits first.
CREATE VIRTUAL TABLE words USING fts5 (
    title, headings, body, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE marked USING fts5 (
    words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);

-- What was read, in words.
CREATE VIEW headings AS
SELECT t.document, t.section, t.parent, t.level, t.kind, t.marker,
    coalesce(t.title, substr(d.text, t.title_start + 1, t.title_length), '') AS title, t.topic, t.start, t.end, r.name AS rule
FROM sections AS t JOIN documents AS d ON d.id = t.document JOIN rules AS r ON r.id = t.rule;

CREATE VIEW quantities AS
SELECT t.document, t.finding, t.kind, t.value, t.of,
    coalesce(t.unit, substr(d.text, t.unit_start + 1, t.unit_length)) AS unit,
    coalesce(t.label, substr(d.text, t.label_start + 1, t.label_length)) AS label,
    t.per, t.status, t.qualifier, t.change, t.section,
    substr(d.text, t.start + 1, t.end - t.start) AS raw, t.start, t.end, r.name AS rule
FROM findings AS t JOIN documents AS d ON d.id = t.document JOIN rules AS r ON r.id = t.rule;

CREATE VIEW cited AS
SELECT t.document, t.citation, a.type, a.number, a.name, a.year, a.date, a.issuer, t.subject, t.pinpoints, t.role,
    t.relation, a.key, t.section, substr(d.text, t.start + 1, t.end - t.start) AS raw, t.start, t.end, r.name AS rule
FROM citations AS t JOIN acts AS a ON a.id = t.act JOIN documents AS d ON d.id = t.document
    JOIN rules AS r ON r.id = t.rule;
