-- How far the reading of a file has come, and where a row stands in it and by which findings it is found.
ALTER TABLE "import_file"
  ADD COLUMN "bytesRead" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "repeatsId" TEXT;

ALTER TABLE "import_row"
  ADD COLUMN "line" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "fixes" JSONB NOT NULL DEFAULT '[]';
