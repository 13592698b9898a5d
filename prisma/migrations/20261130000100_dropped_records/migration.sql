-- An answer holds only so many records of each stream. How many there were beyond; null where it held them all.
ALTER TABLE "attempt_phase" ADD COLUMN "dropped" JSONB;
