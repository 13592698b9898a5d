-- What people know about one cluster of failures: whose it is, and what is being done.
CREATE TABLE "cluster_note" (
  "batchId" TEXT NOT NULL REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "cluster" TEXT NOT NULL,
  "owner" TEXT,
  "note" TEXT,
  "byId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("batchId", "cluster")
);

-- Since when this instance knows a signature: what has not been seen before stands out.
CREATE INDEX "attempt_signature" ON "attempt"("errorSignature", "startedAt") WHERE "errorSignature" IS NOT NULL;
