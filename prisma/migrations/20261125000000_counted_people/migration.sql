-- Numbers of people that a page shows without counting everybody. Whoever changes a person adds one row that takes them
-- away from where they stood and one that puts them where they stand now, in the same transaction, so that parts always
-- add up. Rows are only ever added, so two workers who finish people of one batch never wait for each other; now and then
-- they are folded into the tables below, and whoever reads adds what is not folded yet.

-- What somebody stands in front of: `unknown`, the error's signature, or the code that a probe gave; empty for who is not
-- stuck. It is a key of indexes, so it has a limit.
CREATE FUNCTION ferry_cluster("ItemState", text, text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN $1 = 'unknown' THEN 'unknown'
    WHEN $1 IN ('needs_person', 'failed')
      THEN left(coalesce($2, 'reason:' || nullif(split_part($3, ':', 1), ''), 'none'), 200)
    ELSE '' END
$$;

CREATE TABLE "item_change" (
  "batchId" TEXT NOT NULL,
  "id" BIGSERIAL NOT NULL,
  "waveId" TEXT NOT NULL,
  "stepKey" TEXT NOT NULL,
  "state" "ItemState" NOT NULL,
  "cluster" TEXT NOT NULL,
  "block" INTEGER NOT NULL,
  "verifiedAt" TIMESTAMPTZ(3),
  "people" INTEGER NOT NULL,
  "unread" INTEGER NOT NULL,
  "withoutPool" INTEGER NOT NULL,
  PRIMARY KEY ("batchId", "id")
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE "item_count" (
  "batchId" TEXT NOT NULL,
  "waveId" TEXT NOT NULL,
  "stepKey" TEXT NOT NULL,
  "state" "ItemState" NOT NULL,
  "cluster" TEXT NOT NULL,
  "people" INTEGER NOT NULL,
  "unread" INTEGER NOT NULL,
  "withoutPool" INTEGER NOT NULL,
  PRIMARY KEY ("batchId", "waveId", "stepKey", "state", "cluster")
) WITH (fillfactor = 50);

CREATE TABLE "item_block" (
  "batchId" TEXT NOT NULL,
  "block" INTEGER NOT NULL,
  "waveId" TEXT NOT NULL,
  "state" "ItemState" NOT NULL,
  "cluster" TEXT NOT NULL,
  "people" INTEGER NOT NULL,
  PRIMARY KEY ("batchId", "block", "waveId", "state", "cluster")
) WITH (fillfactor = 50);

CREATE TABLE "item_pace" (
  "batchId" TEXT NOT NULL,
  "seconds" INTEGER NOT NULL,
  "slot" TIMESTAMPTZ(3) NOT NULL,
  "people" INTEGER NOT NULL,
  PRIMARY KEY ("batchId", "seconds", "slot")
) WITH (fillfactor = 50);

-- For rows that come or go, one statement counts all of them.
CREATE FUNCTION ferry_count_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sign integer := CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END;
BEGIN
  INSERT INTO "item_change" ("batchId", "waveId", "stepKey", "state", "cluster", "block", "verifiedAt", "people", "unread", "withoutPool")
  SELECT "batchId", "waveId", coalesce("stepKey", ''), "state", ferry_cluster("state", "errorSignature", "reason"), "position" / 1000,
    CASE WHEN "state" IN ('done', 'no_change') THEN date_bin('10 seconds', "changedAt", 'epoch') END,
    sign * count(*), sign * count(*) FILTER (WHERE "readAt" IS NULL), sign * count(*) FILTER (WHERE "targetPool" IS NULL)
  FROM told GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "item_count_added" AFTER INSERT ON "item" REFERENCING NEW TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION ferry_count_items();
CREATE TRIGGER "item_count_gone" AFTER DELETE ON "item" REFERENCING OLD TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION ferry_count_items();

-- For rows that change the condition is looked at without calling anything: most changes of a person, such as a renewed
-- lease or a wake-up on its way, count for nothing and cost nothing.
CREATE FUNCTION ferry_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "item_change" ("batchId", "waveId", "stepKey", "state", "cluster", "block", "verifiedAt", "people", "unread", "withoutPool")
  VALUES (OLD."batchId", OLD."waveId", coalesce(OLD."stepKey", ''), OLD."state", ferry_cluster(OLD."state", OLD."errorSignature", OLD."reason"),
      OLD."position" / 1000, CASE WHEN OLD."state" IN ('done', 'no_change') THEN OLD."changedAt" END,
      -1, -(OLD."readAt" IS NULL)::int, -(OLD."targetPool" IS NULL)::int),
    (NEW."batchId", NEW."waveId", coalesce(NEW."stepKey", ''), NEW."state", ferry_cluster(NEW."state", NEW."errorSignature", NEW."reason"),
      NEW."position" / 1000, CASE WHEN NEW."state" IN ('done', 'no_change') THEN NEW."changedAt" END,
      1, (NEW."readAt" IS NULL)::int, (NEW."targetPool" IS NULL)::int);
  RETURN NULL;
END $$;
CREATE TRIGGER "item_count_changed" AFTER UPDATE ON "item" FOR EACH ROW
  WHEN (OLD."state" <> NEW."state" OR OLD."waveId" <> NEW."waveId" OR OLD."stepKey" IS DISTINCT FROM NEW."stepKey"
    OR OLD."position" <> NEW."position" OR OLD."batchId" <> NEW."batchId"
    OR (OLD."readAt" IS NULL) <> (NEW."readAt" IS NULL) OR (OLD."targetPool" IS NULL) <> (NEW."targetPool" IS NULL)
    OR (NEW."state" IN ('needs_person', 'failed')
      AND (OLD."errorSignature" IS DISTINCT FROM NEW."errorSignature" OR OLD."reason" IS DISTINCT FROM NEW."reason"))
    OR (NEW."state" IN ('done', 'no_change') AND OLD."changedAt" <> NEW."changedAt"))
  EXECUTE FUNCTION ferry_count_change();

-- Folds at most so many rows; answers how many there were. One at a time: who comes second finds the lock taken and does
-- nothing. Ten seconds of verified people are kept for an hour, longer slots for good.
CREATE FUNCTION ferry_fold_item_changes(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE folded integer;
  batches text[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('ferry_fold_item_changes')) THEN RETURN 0; END IF;
  WITH taken AS (
    DELETE FROM "item_change" WHERE ctid = ANY (ARRAY(SELECT ctid FROM "item_change" LIMIT most)) RETURNING *
  ), counts AS (
    INSERT INTO "item_count" AS c ("batchId", "waveId", "stepKey", "state", "cluster", "people", "unread", "withoutPool")
    SELECT "batchId", "waveId", "stepKey", "state", "cluster", sum("people"), sum("unread"), sum("withoutPool")
    FROM taken GROUP BY 1, 2, 3, 4, 5 HAVING sum("people") <> 0 OR sum("unread") <> 0 OR sum("withoutPool") <> 0
    ON CONFLICT ("batchId", "waveId", "stepKey", "state", "cluster") DO UPDATE SET "people" = c."people" + EXCLUDED."people",
      "unread" = c."unread" + EXCLUDED."unread", "withoutPool" = c."withoutPool" + EXCLUDED."withoutPool"
  ), blocks AS (
    INSERT INTO "item_block" AS b ("batchId", "block", "waveId", "state", "cluster", "people")
    SELECT "batchId", "block", "waveId", "state", "cluster", sum("people")
    FROM taken GROUP BY 1, 2, 3, 4, 5 HAVING sum("people") <> 0
    ON CONFLICT ("batchId", "block", "waveId", "state", "cluster") DO UPDATE SET "people" = b."people" + EXCLUDED."people"
  ), pace AS (
    INSERT INTO "item_pace" AS p ("batchId", "seconds", "slot", "people")
    SELECT "batchId", s, date_bin(make_interval(secs => s), "verifiedAt", 'epoch'), sum("people")
    FROM taken, unnest(ARRAY[10, 60, 1800, 86400]) AS s WHERE "verifiedAt" IS NOT NULL
    GROUP BY 1, 2, 3 HAVING sum("people") <> 0
    ON CONFLICT ("batchId", "seconds", "slot") DO UPDATE SET "people" = p."people" + EXCLUDED."people"
  )
  SELECT count(*), array_agg(DISTINCT "batchId") INTO folded, batches FROM taken;
  IF folded > 0 THEN
    DELETE FROM "item_count" WHERE "batchId" = ANY (batches) AND "people" = 0 AND "unread" = 0 AND "withoutPool" = 0;
    DELETE FROM "item_block" WHERE "batchId" = ANY (batches) AND "people" = 0;
    DELETE FROM "item_pace" WHERE "batchId" = ANY (batches)
      AND ("people" = 0 OR ("seconds" = 10 AND "slot" < clock_timestamp() - interval '1 hour'));
  END IF;
  RETURN folded;
END $$;

-- People who are stuck in front of the same thing, the one who came last first.
CREATE INDEX "item_stuck" ON "item" ("batchId", ferry_cluster("state", "errorSignature", "reason"), "changedAt" DESC, "id")
  WHERE "state" IN ('needs_person', 'failed', 'unknown');
-- The same in the order of the batch, for their pages.
CREATE INDEX "item_stuck_position" ON "item" ("batchId", ferry_cluster("state", "errorSignature", "reason"), "position")
  WHERE "state" IN ('needs_person', 'failed', 'unknown');

-- Everybody who is there already.
INSERT INTO "item_change" ("batchId", "waveId", "stepKey", "state", "cluster", "block", "verifiedAt", "people", "unread", "withoutPool")
SELECT "batchId", "waveId", coalesce("stepKey", ''), "state", ferry_cluster("state", "errorSignature", "reason"), "position" / 1000,
  CASE WHEN "state" IN ('done', 'no_change') THEN date_bin('10 seconds', "changedAt", 'epoch') END,
  count(*), count(*) FILTER (WHERE "readAt" IS NULL), count(*) FILTER (WHERE "targetPool" IS NULL)
FROM "item" GROUP BY 1, 2, 3, 4, 5, 6, 7;
SELECT ferry_fold_item_changes(2147483647);
