-- Which generation of a read model is read, and which is being filled.
CREATE TABLE projection_generations (
    view text PRIMARY KEY,
    live integer NOT NULL,
    building integer
);

-- How far each generation is, per partition: rows and checkpoint commit together.
CREATE TABLE checkpoints (
    view       text     NOT NULL,
    generation integer  NOT NULL,
    partition  smallint NOT NULL,
    position   bigint   NOT NULL,
    PRIMARY KEY (view, generation, partition)
) WITH (fillfactor = 50);

-- Events that a read model could not apply, and the later ones of the same candidate that wait for them.
CREATE TABLE dead_letters (
    view         text        NOT NULL,
    generation   integer     NOT NULL,
    position     bigint      NOT NULL,
    candidate_id uuid        NOT NULL,
    event_type   text        NOT NULL,
    -- NULL for an event that only waits.
    error        text,
    parked_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (view, generation, position)
);
CREATE INDEX dead_letters_candidate ON dead_letters (view, generation, candidate_id);

-- The read models. A document is JSON, sealed with the candidate's key.
CREATE TABLE account_profile (
    generation integer, key uuid, candidate_id uuid NOT NULL, created_at timestamptz NOT NULL, doc bytea NOT NULL,
    PRIMARY KEY (generation, key)
);
CREATE TABLE dashboard (LIKE account_profile INCLUDING ALL);
CREATE TABLE resume_insights (LIKE account_profile INCLUDING ALL);
CREATE TABLE interview_room (LIKE account_profile INCLUDING ALL);
CREATE TABLE interview_report (LIKE account_profile INCLUDING ALL);
CREATE TABLE analytics_trend (LIKE account_profile INCLUDING ALL);
CREATE INDEX resume_insights_owner ON resume_insights (generation, candidate_id, created_at DESC, key DESC);
CREATE INDEX interview_room_owner ON interview_room (generation, candidate_id, created_at DESC, key DESC);

-- Where each reaction is, per partition, and what it gave up.
CREATE TABLE reaction_cursors (
    reaction  text     NOT NULL,
    partition smallint NOT NULL,
    position  bigint   NOT NULL,
    PRIMARY KEY (reaction, partition)
) WITH (fillfactor = 50);
CREATE TABLE parked_reactions (
    reaction     text        NOT NULL,
    position     bigint      NOT NULL,
    candidate_id uuid        NOT NULL,
    event_type   text        NOT NULL,
    error        text        NOT NULL,
    parked_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (reaction, position)
);
