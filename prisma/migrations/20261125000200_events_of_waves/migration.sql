-- What happened to a wave and to nobody in it alone, for the story of each of its people. A batch's chain has a thousand times
-- as many events about people.
CREATE INDEX "event_of_wave" ON "event" ("waveId", "at") WHERE "itemId" IS NULL;
