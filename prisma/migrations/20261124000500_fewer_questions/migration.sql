-- Links events to their chain where the chain is: one question instead of three, and the chain is locked for no longer than
-- it takes to write them. Each event comes with the parts of its canonical text (RFC 8785) that are known before its place
-- in the chain is: `who` stands before its time, `about` between time and previous hash, `kind` behind its number.
CREATE FUNCTION ferry_append(chain_id TEXT, actor_kind TEXT, actor_id TEXT, actor_name TEXT, by_way "Via", events JSONB)
RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  one JSONB;
  number BIGINT;
  previous TEXT;
  link TEXT;
  text_of TEXT;
  moment TIMESTAMPTZ;
  written TEXT;
BEGIN
  INSERT INTO "chain" AS c ("id", "seq", "head") VALUES (chain_id, jsonb_array_length(events), repeat('0', 64))
  ON CONFLICT ("id") DO UPDATE SET "seq" = c."seq" + jsonb_array_length(events)
  RETURNING c."seq" - jsonb_array_length(events), c."head" INTO number, previous;
  -- Read once the chain is locked, so that times never run backwards along it.
  moment := date_trunc('milliseconds', clock_timestamp());
  written := to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  FOR one IN SELECT e.value FROM jsonb_array_elements(events) WITH ORDINALITY AS e(value, place) ORDER BY e.place LOOP
    number := number + 1;
    text_of := '{' || (one->>'who') || ',"at":"' || written || '",' || (one->>'about') || ',"previousHash":"' || previous
      || '","seq":' || number || ',' || (one->>'kind') || '}';
    link := encode(sha256(convert_to(text_of, 'UTF8')), 'hex');
    INSERT INTO "event" ("chain", "seq", "type", "version", "at", "actorKind", "actorId", "actorName", "via", "batchId", "waveId", "itemId",
      "data", "canonical", "previousHash", "hash")
    VALUES (chain_id, number, one->>'type', (one->>'version')::INT, moment, actor_kind, actor_id, actor_name, by_way, one->>'batchId',
      one->>'waveId', one->>'itemId', (one->>'data')::JSONB, text_of, previous, link);
    previous := link;
  END LOOP;
  UPDATE "chain" SET "head" = previous WHERE "id" = chain_id;
END $$;

-- Who still moves in a wave, and who of them has no wake-up on its way, is asked again and again while it runs: both look
-- here at the few it is about, and not at everybody of the wave.
CREATE INDEX "item_moving" ON "item" ("waveId", "stepKey", "queuedAt") WHERE "state" IN ('waiting', 'running', 'unknown');
CREATE INDEX "item_unread" ON "item" ("waveId", "queuedAt") WHERE "readAt" IS NULL AND "state" = 'not_started';
-- What is due is no longer looked for over all waves.
DROP INDEX "item_due";

-- Says what was put into the outbox: whoever gets on wakes their wave, and many of those may wait for each other.
CREATE OR REPLACE FUNCTION ferry_tell_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ferry_outbox', "topic") FROM (SELECT DISTINCT "topic" FROM added) AS topics;
  RETURN NULL;
END $$;
DROP TRIGGER "outbox_tell" ON "outbox";
CREATE TRIGGER "outbox_tell" AFTER INSERT ON "outbox" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ferry_tell_outbox();
