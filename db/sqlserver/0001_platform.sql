-- Ids in blocks: one row, one counter for the whole deployment.
CREATE TABLE id_block (
    name    varchar(16) NOT NULL,
    next_id bigint      NOT NULL,
    CONSTRAINT pk_id_block PRIMARY KEY (name)
);

INSERT INTO id_block (name, next_id) VALUES ('all', 1000);
