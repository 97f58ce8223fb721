CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE report (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    code TEXT NOT NULL, name TEXT NOT NULL, full TEXT NOT NULL, year INTEGER NOT NULL,
    published TEXT, text TEXT NOT NULL, entries TEXT NOT NULL, passages TEXT NOT NULL,
    excluded TEXT NOT NULL
);
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY, excerpt TEXT NOT NULL, heading TEXT NOT NULL, clause TEXT NOT NULL,
    context TEXT NOT NULL, around TEXT NOT NULL
);
CREATE TABLE metric (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, plain TEXT NOT NULL, kind TEXT NOT NULL, family TEXT NOT NULL,
    intent TEXT, strong TEXT NOT NULL, soft TEXT NOT NULL, head TEXT NOT NULL, closure TEXT NOT NULL
);
CREATE TABLE term (concept TEXT NOT NULL, metric INTEGER NOT NULL, PRIMARY KEY (concept, metric)) WITHOUT ROWID;
CREATE TABLE fact (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, report INTEGER NOT NULL, code TEXT NOT NULL,
    name TEXT NOT NULL, full TEXT NOT NULL, year INTEGER NOT NULL, metric INTEGER NOT NULL,
    sentence INTEGER NOT NULL, text TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
    qualifier TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, parent TEXT,
    intent TEXT, apart TEXT NOT NULL, apart_start INTEGER NOT NULL
);
CREATE UNIQUE INDEX fact_key ON fact (key);
CREATE INDEX fact_report ON fact (report);
CREATE INDEX fact_place ON fact (code, year);
CREATE INDEX fact_metric ON fact (metric, code, year);
CREATE INDEX fact_intent ON fact (intent, code, year) WHERE intent IS NOT NULL;
CREATE TABLE concept (name TEXT PRIMARY KEY, metrics INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE covered (code TEXT NOT NULL, year INTEGER NOT NULL, name TEXT NOT NULL, full TEXT NOT NULL, facts INTEGER NOT NULL, PRIMARY KEY (code, year)) WITHOUT ROWID;
