-- A wave's change window is a daily time in a zone; the two columns that were there before could only name one night.
ALTER TABLE "wave"
  DROP COLUMN "windowStart",
  DROP COLUMN "windowEnd",
  ADD COLUMN "window" JSONB,
  ADD COLUMN "pausedUntil" TIMESTAMPTZ(3);

-- Dates, in the estate's zone and with both ends, on which nothing new starts.
CREATE TABLE "blackout" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "estateId" TEXT NOT NULL REFERENCES "estate"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "firstDay" TEXT NOT NULL,
  "lastDay" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "createdById" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "removedAt" TIMESTAMPTZ(3)
);
CREATE INDEX "blackout_estateId_idx" ON "blackout"("estateId");

-- What was forecast, and what became of it.
CREATE TABLE "forecast" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "batchId" TEXT NOT NULL REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "waveId" TEXT NOT NULL REFERENCES "wave"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "madeAt" TIMESTAMPTZ(3) NOT NULL,
  "remaining" INTEGER NOT NULL,
  "fromAt" TIMESTAMPTZ(3) NOT NULL,
  "middleAt" TIMESTAMPTZ(3) NOT NULL,
  "toAt" TIMESTAMPTZ(3) NOT NULL,
  "actualAt" TIMESTAMPTZ(3)
);
CREATE INDEX "forecast_waveId_madeAt_idx" ON "forecast"("waveId", "madeAt");
