-- The same function with fewer statements, whose plans are made once: planning each of them anew for the
-- length of its arrays cost more than a small batch itself. What a call decides and writes is unchanged, but
-- that a batch holds at most one claim to an address: whether an earlier one stands is known after its call.
CREATE OR REPLACE FUNCTION append_events(
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
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    head_position bigint;
    head_hash     bytea;
    verdicts      smallint[];
    positions     bigint[];
    sequences     bigint[];
BEGIN
    -- A statement of its own: what follows must see all that was committed before the lock was had.
    SELECT h.position, h.hash INTO head_position, head_hash FROM event_head h FOR UPDATE;

    WITH judged AS MATERIALIZED (
        SELECT c.n, c.expected, c.events, k.position AS first_position, k.sequence AS first_sequence,
            CASE
                WHEN k.command_id IS NOT NULL AND k.aggregate_type = c.aggregate_type
                    AND k.aggregate_id = c.aggregate_id AND k.fingerprint = c.fingerprint THEN 2
                WHEN k.command_id IS NOT NULL THEN 5
                WHEN coalesce(s.sequence, 0) <> c.expected THEN 3
                WHEN a.address IS NOT NULL THEN 4
                ELSE 1
            END AS verdict
        FROM unnest(c_command_id, c_aggregate_type, c_aggregate_id, c_fingerprint, c_expected, c_events, c_address)
            WITH ORDINALITY AS c (command_id, aggregate_type, aggregate_id, fingerprint, expected, events, address, n)
        LEFT JOIN LATERAL (SELECT * FROM commands k WHERE k.command_id = c.command_id LIMIT 1) k ON true
        LEFT JOIN LATERAL (
            SELECT e.sequence FROM events e
            WHERE e.aggregate_type = c.aggregate_type AND e.aggregate_id = c.aggregate_id
            ORDER BY e.sequence DESC LIMIT 1) s ON true
        LEFT JOIN LATERAL (SELECT a.address FROM addresses a WHERE a.address = c.address LIMIT 1) a ON true
    ), placed AS (
        SELECT n, verdict,
            CASE WHEN verdict = 1
                THEN head_position + sum(events) FILTER (WHERE verdict = 1) OVER (ORDER BY n)
                ELSE first_position END AS position,
            CASE WHEN verdict = 1 THEN expected + events ELSE first_sequence END AS sequence
        FROM judged
    )
    SELECT array_agg(p.verdict::smallint ORDER BY p.n), array_agg(p.position::bigint ORDER BY p.n),
        array_agg(p.sequence ORDER BY p.n)
    INTO verdicts, positions, sequences
    FROM placed p;

    IF 1 = ANY (verdicts) THEN
        WITH accepted AS MATERIALIZED (
            SELECT e.*, row_number() OVER (ORDER BY e.n) AS place
            FROM unnest(e_command, e_event_id, e_type, e_version, e_payload, e_metadata, e_partition, e_hash)
                WITH ORDINALITY AS e (command, event_id, type, version, payload, metadata, partition, hash, n)
            WHERE verdicts[e.command] = 1
        ), written AS (
            -- The last event of a command has its last position and sequence; the others stand before it.
            INSERT INTO events (position, event_id, aggregate_type, aggregate_id, sequence, event_type,
                event_version, payload, metadata, candidate_id, partition, recorded_at)
            SELECT head_position + a.place, a.event_id, c_aggregate_type[a.command], c_aggregate_id[a.command],
                sequences[a.command] - positions[a.command] + head_position + a.place, a.type, a.version,
                a.payload::json, a.metadata::json, c_candidate_id[a.command], a.partition, at
            FROM accepted a
        ), answered AS (
            INSERT INTO commands (command_id, aggregate_type, aggregate_id, fingerprint, position, sequence)
            SELECT c_command_id[n], c_aggregate_type[n], c_aggregate_id[n], c_fingerprint[n], positions[n],
                sequences[n]
            FROM generate_subscripts(verdicts, 1) n WHERE verdicts[n] = 1
        ), chained AS MATERIALIZED (
            SELECT count(*) AS appended, sha256(head_hash || string_agg(a.hash, ''::bytea ORDER BY a.n)) AS hash
            FROM accepted a
        ), ledgered AS (
            INSERT INTO ledger (first_position, last_position, hash)
            SELECT head_position + 1, head_position + appended, hash FROM chained
        )
        UPDATE event_head SET position = head_position + chained.appended, hash = chained.hash FROM chained;

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
    END IF;

    RETURN QUERY SELECT unnest(verdicts), unnest(positions), unnest(sequences);
END
$$;
ALTER FUNCTION append_events RESET enable_hashjoin;
ALTER FUNCTION append_events RESET enable_mergejoin;
