-- Events that an operator discarded for a read model: a rebuild leaves them out too.
CREATE TABLE discarded_events (
    view         text        NOT NULL,
    position     bigint      NOT NULL,
    discarded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (view, position)
);
