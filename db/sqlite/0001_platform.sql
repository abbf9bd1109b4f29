-- Ids in blocks: one row, one counter for the whole deployment.
CREATE TABLE id_block (
    name    TEXT    NOT NULL,
    next_id INTEGER NOT NULL,
    CONSTRAINT pk_id_block PRIMARY KEY (name)
) STRICT;

INSERT INTO id_block (name, next_id) VALUES ('all', 1000);
