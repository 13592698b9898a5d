-- What a step cost lately on an estate, measured by the coordinator from the latest attempts, so that a page that forecasts
-- reads a few rows and looks at nobody's work.
CREATE TABLE "step_time" (
  "estateId" TEXT NOT NULL REFERENCES "estate" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "runbook" TEXT NOT NULL,
  "stepKey" TEXT NOT NULL,
  "lowSeconds" DOUBLE PRECISION NOT NULL,
  "middleSeconds" DOUBLE PRECISION NOT NULL,
  "highSeconds" DOUBLE PRECISION NOT NULL,
  "sessions" INTEGER NOT NULL,
  "measuredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("estateId", "runbook", "stepKey")
);

-- The latest attempts of a wave at a step, without sorting all of them.
DROP INDEX "attempt_waveId_stepKey_idx";
CREATE INDEX "attempt_waveId_stepKey_endedAt_idx" ON "attempt" ("waveId", "stepKey", "endedAt");
-- The waves that were started last.
CREATE INDEX "wave_startedAt_idx" ON "wave" ("startedAt");
