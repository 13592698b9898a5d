-- What has failed lately, by whom or what it concerns; an open one lets nothing new begin.
CREATE TYPE "BreakerScope" AS ENUM ('errors', 'pool', 'worker', 'credential', 'wave', 'harmed');
CREATE TYPE "BreakerState" AS ENUM ('closed', 'open', 'half_open');
CREATE TABLE "breaker" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "estateId" TEXT NOT NULL REFERENCES "estate"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "scope" "BreakerScope" NOT NULL,
  "targetId" TEXT NOT NULL,
  "state" "BreakerState" NOT NULL DEFAULT 'closed',
  "consecutive" INTEGER NOT NULL DEFAULT 0,
  "recent" TEXT NOT NULL DEFAULT '',
  "timesOpened" INTEGER NOT NULL DEFAULT 0,
  "cause" TEXT,
  "signature" TEXT,
  "openedAt" TIMESTAMPTZ(3),
  "probeAt" TIMESTAMPTZ(3),
  "probeItemId" TEXT,
  "allowance" INTEGER NOT NULL DEFAULT 0,
  "closedAt" TIMESTAMPTZ(3),
  "closedById" TEXT,
  "closeReason" TEXT,
  "version" INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX "breaker_estateId_scope_targetId_key" ON "breaker"("estateId", "scope", "targetId");
CREATE INDEX "breaker_not_closed" ON "breaker"("estateId") WHERE "state" <> 'closed';

-- Somebody whose change began and whose state is neither the one before nor the wanted one, or not known yet.
ALTER TABLE "item"
  ADD COLUMN "harmed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "ahead" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "queueRank" INTEGER;
CREATE INDEX "item_harmed" ON "item"("batchId") WHERE "harmed";
CREATE INDEX "item_queued" ON "item"("estateId", "batchId") WHERE "queueRank" IS NOT NULL;

-- How many people of a batch may be harmed before nothing more starts; sessions of one tenant over all its credentials.
ALTER TABLE "estate"
  ADD COLUMN "harmedCap" INTEGER NOT NULL DEFAULT 10,
  ADD COLUMN "maxSessions" INTEGER NOT NULL DEFAULT 9;
UPDATE "estate" e SET "maxSessions" = greatest(9, (SELECT coalesce(sum(c."maxSessions"), 0)::int FROM "credential" c WHERE c."estateId" = e."id"));

-- What a service asked for: fewer sessions of a credential, and nothing before a time.
CREATE TABLE "pace" (
  "credentialId" TEXT NOT NULL PRIMARY KEY REFERENCES "credential"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "sessions" INTEGER NOT NULL,
  "notBefore" TIMESTAMPTZ(3),
  "cause" TEXT NOT NULL,
  "warnings" INTEGER NOT NULL DEFAULT 0,
  "delayedMs" BIGINT NOT NULL DEFAULT 0,
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- A sync cycle that a fault keeps from running: how often in a row, and by which signature.
ALTER TABLE "sync_run"
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "polls" INTEGER NOT NULL DEFAULT 0;
