-- Search: every word of a person's name and addresses, and of the note of somebody who is stuck, in a plain ordered index, so
-- that the people of whom a word begins as typed are found without reading everybody. It needs no extension, which a database
-- of somebody else's may not allow.

-- A text in small letters with a blank for each blank and punctuation mark of ASCII.
CREATE FUNCTION ferry_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower($1), E'\t\n\v\f\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 37))
$$;
CREATE FUNCTION ferry_words(text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT DISTINCT left(word, 100) FROM string_to_table(ferry_plain($1), ' ') AS word WHERE word <> ''
$$;

-- The note that is searched: of people who are stuck. What everybody in a wave waits for is no search.
CREATE FUNCTION ferry_stuck_note("ItemState", text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN $1 IN ('needs_person', 'failed', 'unknown') THEN $2 END
$$;

CREATE TABLE "item_word" (
  "batchId" TEXT NOT NULL,
  "word" TEXT COLLATE "C" NOT NULL,
  "position" INTEGER NOT NULL,
  "note" BOOLEAN NOT NULL,
  PRIMARY KEY ("batchId", "word", "position", "note")
);

CREATE FUNCTION ferry_name_text(name text, upn text, sip text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT name || ' ' || upn || ' ' || CASE WHEN lower(left(sip, 4)) = 'sip:' THEN substr(sip, 5) ELSE sip END
$$;

CREATE FUNCTION ferry_words_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "item_word" ("batchId", "word", "position", "note")
  SELECT t."batchId", w, t."position", false FROM told t, ferry_words(ferry_name_text(t."displayName", t."upn", t."sipAddress")) AS w
  UNION ALL
  SELECT t."batchId", w, t."position", true FROM told t, ferry_words(ferry_stuck_note(t."state", t."reason")) AS w
  ORDER BY 1, 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER "item_words_added" AFTER INSERT ON "item" REFERENCING NEW TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION ferry_words_added();

CREATE FUNCTION ferry_words_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "item_word" x USING (
    SELECT t."batchId", w AS "word", t."position", false AS "note" FROM told t, ferry_words(ferry_name_text(t."displayName", t."upn", t."sipAddress")) AS w
    UNION ALL
    SELECT t."batchId", w, t."position", true FROM told t, ferry_words(ferry_stuck_note(t."state", t."reason")) AS w
  ) AS gone
  WHERE x."batchId" = gone."batchId" AND x."word" = gone."word" AND x."position" = gone."position" AND x."note" = gone."note";
  RETURN NULL;
END $$;
CREATE TRIGGER "item_words_gone" AFTER DELETE ON "item" REFERENCING OLD TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION ferry_words_gone();

CREATE FUNCTION ferry_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "item_word" x USING (
    SELECT w AS "word", false AS "note" FROM ferry_words(ferry_name_text(OLD."displayName", OLD."upn", OLD."sipAddress")) AS w
    UNION ALL SELECT w, true FROM ferry_words(ferry_stuck_note(OLD."state", OLD."reason")) AS w
  ) AS gone
  WHERE x."batchId" = OLD."batchId" AND x."position" = OLD."position" AND x."word" = gone."word" AND x."note" = gone."note";
  INSERT INTO "item_word" ("batchId", "word", "position", "note")
  SELECT NEW."batchId", w, NEW."position", false FROM ferry_words(ferry_name_text(NEW."displayName", NEW."upn", NEW."sipAddress")) AS w
  UNION ALL SELECT NEW."batchId", w, NEW."position", true FROM ferry_words(ferry_stuck_note(NEW."state", NEW."reason")) AS w;
  RETURN NULL;
END $$;
CREATE TRIGGER "item_words_changed" AFTER UPDATE ON "item" FOR EACH ROW
  WHEN (OLD."displayName" <> NEW."displayName" OR OLD."upn" <> NEW."upn" OR OLD."sipAddress" <> NEW."sipAddress"
    OR OLD."batchId" <> NEW."batchId" OR OLD."position" <> NEW."position"
    OR (CASE WHEN OLD."state" IN ('needs_person', 'failed', 'unknown') THEN OLD."reason" END)
      IS DISTINCT FROM (CASE WHEN NEW."state" IN ('needs_person', 'failed', 'unknown') THEN NEW."reason" END))
  EXECUTE FUNCTION ferry_words_changed();

-- Nothing asks for a name in that order any more.
DROP INDEX "item_name_search";

-- Everybody who is there already.
INSERT INTO "item_word" ("batchId", "word", "position", "note")
SELECT t."batchId", w, t."position", false FROM "item" t, ferry_words(ferry_name_text(t."displayName", t."upn", t."sipAddress")) AS w
UNION ALL
SELECT t."batchId", w, t."position", true FROM "item" t, ferry_words(ferry_stuck_note(t."state", t."reason")) AS w
ORDER BY 1, 2, 3;
