-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('lead', 'operator', 'auditor', 'administrator');

-- CreateEnum
CREATE TYPE "EstateKind" AS ENUM ('lab', 'live');

-- CreateEnum
CREATE TYPE "RowVerdict" AS ENUM ('ready', 'flagged', 'refused', 'left_out');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('reading', 'judged', 'used', 'failed', 'discarded');

-- CreateEnum
CREATE TYPE "BatchState" AS ENUM ('draft', 'active', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "WaveState" AS ENUM ('draft', 'awaiting_approval', 'approved', 'running', 'syncing', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "ItemState" AS ENUM ('not_started', 'running', 'waiting', 'done', 'no_change', 'needs_person', 'failed', 'unknown', 'left_out');

-- CreateEnum
CREATE TYPE "OutKind" AS ENUM ('carved_out', 'skipped', 'cancelled');

-- CreateEnum
CREATE TYPE "AttemptState" AS ENUM ('queued', 'probing', 'applying', 'verifying', 'done', 'no_change', 'blocked', 'failed', 'unknown', 'lost');

-- CreateEnum
CREATE TYPE "AttemptKind" AS ENUM ('run', 'readback', 'readiness', 'barrier');

-- CreateEnum
CREATE TYPE "Phase" AS ENUM ('probe', 'apply', 'verify');

-- CreateEnum
CREATE TYPE "ApprovalState" AS ENUM ('requested', 'approved', 'rejected', 'withdrawn', 'lapsed', 'voided', 'spent');

-- CreateEnum
CREATE TYPE "HoldScope" AS ENUM ('everything', 'estate', 'lane', 'batch', 'wave', 'item');

-- CreateEnum
CREATE TYPE "SeatState" AS ENUM ('starting', 'idle', 'busy', 'orphan', 'dead');

-- CreateEnum
CREATE TYPE "SyncState" AS ENUM ('wanted', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "Via" AS ENUM ('screen', 'cli', 'api', 'system');

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "roles" "Role"[],
    "zone" TEXT,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "userId" TEXT,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "estate" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "EstateKind" NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "switchedOnAt" TIMESTAMPTZ(3),
    "switchedOnById" TEXT,
    "executable" TEXT,
    "hostingProviderProxy" TEXT NOT NULL DEFAULT 'sipfed.online.lync.com',
    "domainController" TEXT,
    "hostedMigrationUrl" TEXT,
    "pools" TEXT[],
    "sipDomains" TEXT[],
    "syncSpacingSeconds" INTEGER NOT NULL DEFAULT 300,
    "settleSeconds" INTEGER NOT NULL DEFAULT 60,
    "probeDeadlineSeconds" INTEGER NOT NULL DEFAULT 120,
    "applyDeadlineSeconds" INTEGER NOT NULL DEFAULT 900,
    "readinessFreshSeconds" INTEGER NOT NULL DEFAULT 86400,
    "approvalLifetimeSeconds" INTEGER NOT NULL DEFAULT 86400,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "estate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" TEXT NOT NULL,
    "estateId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "maxSessions" INTEGER NOT NULL DEFAULT 3,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane" (
    "id" TEXT NOT NULL,
    "estateId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "concurrency" INTEGER NOT NULL DEFAULT 3,
    "stoppedAt" TIMESTAMPTZ(3),
    "stoppedWhy" TEXT,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runbook_version" (
    "id" TEXT NOT NULL,
    "runbook" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runbook_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "script" (
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "script_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "import_file" (
    "id" TEXT NOT NULL,
    "estateId" TEXT NOT NULL,
    "runbook" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT,
    "delimiter" TEXT,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "findings" JSONB NOT NULL DEFAULT '[]',
    "targetPool" TEXT,
    "state" "ImportState" NOT NULL DEFAULT 'reading',
    "error" JSONB,
    "rowsRead" INTEGER NOT NULL DEFAULT 0,
    "ready" INTEGER NOT NULL DEFAULT 0,
    "flagged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "leftOut" INTEGER NOT NULL DEFAULT 0,
    "batchId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "judgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "import_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "importId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "verdict" "RowVerdict" NOT NULL,
    "identity" TEXT,
    "sipAddress" TEXT,
    "upn" TEXT,
    "displayName" TEXT,
    "targetPool" TEXT,
    "cells" JSONB NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "acceptedById" TEXT,
    "acceptedReason" TEXT,
    "acceptedAt" TIMESTAMPTZ(3),

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("importId","row")
);

-- CreateTable
CREATE TABLE "batch" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "BatchState" NOT NULL DEFAULT 'draft',
    "estateId" TEXT NOT NULL,
    "runbookVersionId" TEXT NOT NULL,
    "targetPool" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "importId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wave" (
    "id" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "isPilot" BOOLEAN NOT NULL DEFAULT false,
    "state" "WaveState" NOT NULL DEFAULT 'draft',
    "segment" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "gateOpenedAt" TIMESTAMPTZ(3),
    "gateOpenedById" TEXT,
    "gateReason" TEXT,
    "editedByIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "windowStart" TIMESTAMPTZ(3),
    "windowEnd" TIMESTAMPTZ(3),
    "cutOffAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "segmentStartedAt" TIMESTAMPTZ(3),
    "syncingSince" TIMESTAMPTZ(3),
    "syncRunId" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "stateReason" TEXT,

    CONSTRAINT "wave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "waveId" TEXT NOT NULL,
    "estateId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "displayName" TEXT NOT NULL,
    "sipAddress" TEXT NOT NULL,
    "upn" TEXT NOT NULL,
    "targetPool" TEXT,
    "importRow" INTEGER,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "verdictCodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "acceptedById" TEXT,
    "acceptedReason" TEXT,
    "readinessCodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "readiness" JSONB,
    "readAt" TIMESTAMPTZ(3),
    "state" "ItemState" NOT NULL DEFAULT 'not_started',
    "stepKey" TEXT,
    "reason" TEXT,
    "outKind" "OutKind",
    "errorClass" TEXT,
    "errorSignature" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "transientTries" INTEGER NOT NULL DEFAULT 0,
    "readbacksFailed" INTEGER NOT NULL DEFAULT 0,
    "leaseToken" BIGINT,
    "leaseUntil" TIMESTAMPTZ(3),
    "leaseAttemptId" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "queuedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastAppliedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_step" (
    "itemId" TEXT NOT NULL,
    "stepKey" TEXT NOT NULL,
    "state" "ItemState" NOT NULL DEFAULT 'waiting',
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "item_step_pkey" PRIMARY KEY ("itemId","stepKey")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "waveId" TEXT NOT NULL,
    "itemId" TEXT,
    "stepKey" TEXT NOT NULL,
    "kind" "AttemptKind" NOT NULL DEFAULT 'run',
    "number" INTEGER NOT NULL,
    "state" "AttemptState" NOT NULL DEFAULT 'queued',
    "fencingToken" BIGINT NOT NULL,
    "leaseUntil" TIMESTAMPTZ(3) NOT NULL,
    "workerId" TEXT,
    "seatId" TEXT,
    "readsBackId" TEXT,
    "probeSaid" TEXT,
    "reason" TEXT,
    "errorClass" TEXT,
    "errorSignature" TEXT,
    "applyBeganAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_phase" (
    "attemptId" TEXT NOT NULL,
    "phase" "Phase" NOT NULL,
    "position" INTEGER NOT NULL,
    "scriptHash" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "result" JSONB,
    "output" JSONB NOT NULL DEFAULT '[]',
    "errors" JSONB NOT NULL DEFAULT '[]',
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "verbose" JSONB NOT NULL DEFAULT '[]',
    "information" JSONB NOT NULL DEFAULT '[]',
    "loss" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "durationMs" INTEGER,

    CONSTRAINT "attempt_phase_pkey" PRIMARY KEY ("attemptId","position")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "itemId" TEXT NOT NULL,
    "moment" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "attemptId" TEXT NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("itemId","moment")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" TEXT NOT NULL,
    "waveId" TEXT NOT NULL,
    "segment" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "people" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "waveId" TEXT NOT NULL,
    "segment" INTEGER NOT NULL,
    "planId" TEXT NOT NULL,
    "planHash" TEXT NOT NULL,
    "people" INTEGER NOT NULL,
    "state" "ApprovalState" NOT NULL DEFAULT 'requested',
    "requestedById" TEXT NOT NULL,
    "requestedBySystem" BOOLEAN NOT NULL DEFAULT false,
    "requestedVia" "Via" NOT NULL DEFAULT 'screen',
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requestNote" TEXT,
    "involvedIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" TEXT,
    "decidedVia" "Via",
    "decidedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "voidedBecause" JSONB,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carve_out" (
    "approvalId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "carve_out_pkey" PRIMARY KEY ("approvalId","itemId")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" TEXT NOT NULL,
    "scope" "HoldScope" NOT NULL,
    "targetId" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "heldById" TEXT NOT NULL,
    "heldAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "releasedById" TEXT,
    "releasedAt" TIMESTAMPTZ(3),
    "releaseReason" TEXT,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat" (
    "id" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "SeatState" NOT NULL DEFAULT 'starting',
    "pid" INTEGER,
    "pidStartedAt" TEXT,
    "fencingToken" BIGINT NOT NULL,
    "attemptId" TEXT,
    "shell" JSONB,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "busySince" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadAt" TIMESTAMPTZ(3),
    "deadWhy" TEXT,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "pidStartedAt" TEXT,
    "lanes" TEXT[],
    "version" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stoppedAt" TIMESTAMPTZ(3),
    "stoppedWhy" TEXT,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" TEXT NOT NULL,
    "estateId" TEXT NOT NULL,
    "state" "SyncState" NOT NULL DEFAULT 'wanted',
    "wantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "leaseToken" BIGINT,
    "leaseUntil" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain" (
    "id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "head" TEXT NOT NULL,

    CONSTRAINT "chain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "chain" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "via" "Via" NOT NULL,
    "batchId" TEXT,
    "waveId" TEXT,
    "itemId" TEXT,
    "data" JSONB NOT NULL,
    "canonical" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("chain","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_userId_idx" ON "api_token"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_hash_key" ON "one_time_link"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "estate_name_key" ON "estate"("name");

-- CreateIndex
CREATE UNIQUE INDEX "credential_estateId_name_key" ON "credential"("estateId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "lane_estateId_name_key" ON "lane"("estateId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "runbook_version_runbook_version_key" ON "runbook_version"("runbook", "version");

-- CreateIndex
CREATE INDEX "import_file_createdAt_idx" ON "import_file"("createdAt");

-- CreateIndex
CREATE INDEX "import_row_importId_verdict_row_idx" ON "import_row"("importId", "verdict", "row");

-- CreateIndex
CREATE INDEX "batch_state_createdAt_idx" ON "batch"("state", "createdAt");

-- CreateIndex
CREATE INDEX "wave_state_idx" ON "wave"("state");

-- CreateIndex
CREATE UNIQUE INDEX "wave_batchId_position_key" ON "wave"("batchId", "position");

-- CreateIndex
CREATE INDEX "item_waveId_state_idx" ON "item"("waveId", "state");

-- CreateIndex
CREATE INDEX "item_batchId_state_position_idx" ON "item"("batchId", "state", "position");

-- CreateIndex
CREATE INDEX "item_identity_idx" ON "item"("identity");

-- CreateIndex
CREATE UNIQUE INDEX "item_batchId_position_key" ON "item"("batchId", "position");

-- CreateIndex
CREATE INDEX "attempt_itemId_startedAt_idx" ON "attempt"("itemId", "startedAt");

-- CreateIndex
CREATE INDEX "attempt_waveId_stepKey_idx" ON "attempt"("waveId", "stepKey");

-- CreateIndex
CREATE INDEX "attempt_state_idx" ON "attempt"("state");

-- CreateIndex
CREATE UNIQUE INDEX "plan_waveId_segment_hash_key" ON "plan"("waveId", "segment", "hash");

-- CreateIndex
CREATE INDEX "approval_state_requestedAt_idx" ON "approval"("state", "requestedAt");

-- CreateIndex
CREATE INDEX "approval_waveId_segment_idx" ON "approval"("waveId", "segment");

-- CreateIndex
CREATE INDEX "hold_releasedAt_idx" ON "hold"("releasedAt");

-- CreateIndex
CREATE INDEX "seat_credentialId_state_idx" ON "seat"("credentialId", "state");

-- CreateIndex
CREATE INDEX "seat_workerId_idx" ON "seat"("workerId");

-- CreateIndex
CREATE INDEX "sync_run_estateId_state_idx" ON "sync_run"("estateId", "state");

-- CreateIndex
CREATE INDEX "event_at_idx" ON "event"("at");

-- CreateIndex
CREATE INDEX "event_itemId_idx" ON "event"("itemId");

-- CreateIndex
CREATE INDEX "event_type_at_idx" ON "event"("type", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_estateId_fkey" FOREIGN KEY ("estateId") REFERENCES "estate"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_estateId_fkey" FOREIGN KEY ("estateId") REFERENCES "estate"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_credentialId_fkey" FOREIGN KEY ("credentialId") REFERENCES "credential"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_estateId_fkey" FOREIGN KEY ("estateId") REFERENCES "estate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_importId_fkey" FOREIGN KEY ("importId") REFERENCES "import_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_estateId_fkey" FOREIGN KEY ("estateId") REFERENCES "estate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_runbookVersionId_fkey" FOREIGN KEY ("runbookVersionId") REFERENCES "runbook_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wave" ADD CONSTRAINT "wave_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_waveId_fkey" FOREIGN KEY ("waveId") REFERENCES "wave"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_step" ADD CONSTRAINT "item_step_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_phase" ADD CONSTRAINT "attempt_phase_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_waveId_fkey" FOREIGN KEY ("waveId") REFERENCES "wave"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carve_out" ADD CONSTRAINT "carve_out_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "approval"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_credentialId_fkey" FOREIGN KEY ("credentialId") REFERENCES "credential"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

-- Rule 15: one open item per estate and identity.
CREATE UNIQUE INDEX "item_one_open_per_identity" ON "item" ("estateId", "identity") WHERE "open";

-- One open request or unspent approval per wave.
CREATE UNIQUE INDEX "approval_one_open_per_wave" ON "approval" ("waveId") WHERE "state" IN ('requested', 'approved');

-- Rule 9: a seat's number is taken until its session is seen dead, so a credential can never hold more than its numbers.
CREATE UNIQUE INDEX "seat_one_per_number" ON "seat" ("credentialId", "number") WHERE "state" <> 'dead';

-- At most one hold in force per target, one wanted and one running cycle per estate.
CREATE UNIQUE INDEX "hold_one_in_force" ON "hold" ("scope", "targetId") WHERE "releasedAt" IS NULL;
CREATE UNIQUE INDEX "sync_run_one_wanted" ON "sync_run" ("estateId") WHERE "state" = 'wanted';
CREATE UNIQUE INDEX "sync_run_one_running" ON "sync_run" ("estateId") WHERE "state" = 'running';

-- What the sweeper looks for, kept small.
CREATE INDEX "item_due" ON "item" ("dueAt") WHERE "state" IN ('waiting', 'running', 'unknown');
CREATE INDEX "attempt_open" ON "attempt" ("leaseUntil") WHERE "state" IN ('queued', 'probing', 'applying', 'verifying');
CREATE INDEX "item_name_search" ON "item" ("batchId", lower("displayName"));

-- Every lease takes the next token; a stale holder's token is smaller than the row's and writes nothing.
CREATE SEQUENCE "fencing_token";

-- Wake-ups at commit, never before: live screens follow the ledger, the relay follows the outbox.
CREATE FUNCTION ferry_tell_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ferry_event', json_build_object('chain', NEW."chain", 'seq', NEW."seq"::text)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "event_tell" AFTER INSERT ON "event" FOR EACH ROW EXECUTE FUNCTION ferry_tell_event();

CREATE FUNCTION ferry_tell_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ferry_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER "outbox_tell" AFTER INSERT ON "outbox" FOR EACH STATEMENT EXECUTE FUNCTION ferry_tell_outbox();
