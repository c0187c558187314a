-- The log: the columns of postgres-es, and a dense position in commit order.
CREATE TABLE events (
    position       bigint      NOT NULL,
    event_id       uuid        NOT NULL,
    aggregate_type text        NOT NULL,
    aggregate_id   text        NOT NULL,
    sequence       bigint      NOT NULL CHECK (sequence > 0),
    event_type     text        NOT NULL,
    event_version  text        NOT NULL,
    payload        json        NOT NULL,
    metadata       json        NOT NULL,
    candidate_id   uuid        NOT NULL,
    partition      smallint    NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence)
);
CREATE UNIQUE INDEX events_position ON events (position);

-- One row: whoever holds it gives out the next positions. It is held for one call only.
CREATE TABLE event_head (
    id       boolean PRIMARY KEY DEFAULT true CHECK (id),
    position bigint  NOT NULL,
    hash     bytea   NOT NULL
) WITH (fillfactor = 10);
INSERT INTO event_head (position, hash) VALUES (0, sha256('interaura'));

-- One row per append: each hash covers the one before and the bytes of its events.
CREATE TABLE ledger (
    last_position  bigint PRIMARY KEY,
    first_position bigint NOT NULL,
    hash           bytea  NOT NULL
);

-- The first answer of every command that was carried out.
CREATE TABLE commands (
    command_id     uuid   PRIMARY KEY,
    aggregate_type text   NOT NULL,
    aggregate_id   text   NOT NULL,
    fingerprint    bytea  NOT NULL,
    position       bigint NOT NULL,
    sequence       bigint NOT NULL
);

-- What must be unique beside the streams, and what is secret: written with the events they belong to.
CREATE TABLE addresses (
    address      text PRIMARY KEY,
    candidate_id uuid NOT NULL
);
CREATE TABLE passwords (
    candidate_id uuid PRIMARY KEY,
    hash         text NOT NULL
);
CREATE TABLE verification_tokens (
    token_hash   bytea       PRIMARY KEY,
    candidate_id uuid        NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE TABLE sessions (
    token_hash   bytea       PRIMARY KEY,
    candidate_id uuid        NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE TABLE candidate_keys (
    candidate_id uuid PRIMARY KEY,
    -- Sealed with the master key; NULL once it was destroyed.
    wrapped      bytea
);

-- Appends a batch under the head row. Verdicts: 1 appended, 2 repeated, 3 conflict, 4 address taken, 5 id reused.
-- A batch holds at most one command per aggregate and per command id; events follow the order of the commands.
CREATE FUNCTION append_events(
    c_command_id     uuid[],
    c_aggregate_type text[],
    c_aggregate_id   text[],
    c_fingerprint    bytea[],
    c_expected       bigint[],
    c_events         bigint[],
    c_candidate_id   uuid[],
    c_address        text[],
    c_password       text[],
    e_command        bigint[],
    e_event_id       uuid[],
    e_type           text[],
    e_version        text[],
    e_payload        text[],
    e_metadata       text[],
    e_partition      smallint[],
    e_hash           bytea[],
    at               timestamptz
) RETURNS TABLE (verdict smallint, last_position bigint, last_sequence bigint)
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    head_position bigint;
    head_hash     bytea;
    verdicts      smallint[];
    positions     bigint[];
    sequences     bigint[];
    appended      bigint;
BEGIN
    SELECT h.position, h.hash INTO head_position, head_hash FROM event_head h FOR UPDATE;

    WITH judged AS (
        SELECT c.n, c.expected, c.events, k.position AS first_position, k.sequence AS first_sequence,
            CASE
                WHEN k.command_id IS NOT NULL AND k.aggregate_type = c.aggregate_type
                    AND k.aggregate_id = c.aggregate_id AND k.fingerprint = c.fingerprint THEN 2
                WHEN k.command_id IS NOT NULL THEN 5
                WHEN coalesce(s.sequence, 0) <> c.expected THEN 3
                WHEN c.address IS NOT NULL AND (
                    EXISTS (SELECT FROM addresses a WHERE a.address = c.address)
                    OR c.address = ANY (c_address[:c.n - 1])) THEN 4
                ELSE 1
            END AS verdict
        FROM unnest(c_command_id, c_aggregate_type, c_aggregate_id, c_fingerprint, c_expected, c_events, c_address)
            WITH ORDINALITY AS c (command_id, aggregate_type, aggregate_id, fingerprint, expected, events, address, n)
        LEFT JOIN LATERAL (SELECT * FROM commands k WHERE k.command_id = c.command_id LIMIT 1) k ON true
        LEFT JOIN LATERAL (
            SELECT e.sequence FROM events e
            WHERE e.aggregate_type = c.aggregate_type AND e.aggregate_id = c.aggregate_id
            ORDER BY e.sequence DESC LIMIT 1) s ON true
    ), placed AS (
        SELECT n, verdict,
            CASE WHEN verdict = 1
                THEN head_position + sum(events) FILTER (WHERE verdict = 1) OVER (ORDER BY n)
                ELSE first_position END AS position,
            CASE WHEN verdict = 1 THEN expected + events ELSE first_sequence END AS sequence,
            sum(events) FILTER (WHERE verdict = 1) OVER () AS total
        FROM judged
    )
    SELECT array_agg(p.verdict::smallint ORDER BY p.n), array_agg(p.position::bigint ORDER BY p.n),
        array_agg(p.sequence ORDER BY p.n), coalesce(max(p.total), 0)
    INTO verdicts, positions, sequences, appended
    FROM placed p;

    IF appended > 0 THEN
        WITH accepted AS (
            SELECT e.*, row_number() OVER (ORDER BY e.n) AS place,
                row_number() OVER (PARTITION BY e.command ORDER BY e.n) AS step
            FROM unnest(e_command, e_event_id, e_type, e_version, e_payload, e_metadata, e_partition, e_hash)
                WITH ORDINALITY AS e (command, event_id, type, version, payload, metadata, partition, hash, n)
            WHERE verdicts[e.command] = 1
        ), written AS (
            INSERT INTO events (position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload, metadata, candidate_id, partition, recorded_at)
            SELECT head_position + a.place, a.event_id, c_aggregate_type[a.command], c_aggregate_id[a.command],
                c_expected[a.command] + a.step, a.type, a.version, a.payload::json, a.metadata::json,
                c_candidate_id[a.command], a.partition, at
            FROM accepted a
        )
        SELECT sha256(head_hash || string_agg(a.hash, ''::bytea ORDER BY a.n)) INTO head_hash FROM accepted a;

        INSERT INTO commands (command_id, aggregate_type, aggregate_id, fingerprint, position, sequence)
        SELECT c_command_id[n], c_aggregate_type[n], c_aggregate_id[n], c_fingerprint[n], positions[n], sequences[n]
        FROM generate_subscripts(verdicts, 1) n WHERE verdicts[n] = 1;

        IF array_length(array_remove(c_address, NULL), 1) > 0 THEN
            INSERT INTO addresses (address, candidate_id)
            SELECT c_address[n], c_candidate_id[n] FROM generate_subscripts(verdicts, 1) n
            WHERE verdicts[n] = 1 AND c_address[n] IS NOT NULL;
        END IF;
        IF array_length(array_remove(c_password, NULL), 1) > 0 THEN
            INSERT INTO passwords (candidate_id, hash)
            SELECT c_candidate_id[n], c_password[n] FROM generate_subscripts(verdicts, 1) n
            WHERE verdicts[n] = 1 AND c_password[n] IS NOT NULL
            ON CONFLICT (candidate_id) DO UPDATE SET hash = excluded.hash;
        END IF;

        INSERT INTO ledger (first_position, last_position, hash)
        VALUES (head_position + 1, head_position + appended, head_hash);
        UPDATE event_head SET position = head_position + appended, hash = head_hash;
    END IF;

    RETURN QUERY SELECT verdicts[n], positions[n], sequences[n] FROM generate_subscripts(verdicts, 1) n ORDER BY n;
END
$$;
