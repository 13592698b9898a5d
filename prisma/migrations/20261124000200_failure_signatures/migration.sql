-- How errors are recognised that Ferry's own catalogue does not know, written by operators from a record each.
CREATE TABLE "failure_signature" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "match" JSONB NOT NULL,
  "class" TEXT NOT NULL,
  "scope" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "cause" TEXT NOT NULL,
  "remedy" TEXT NOT NULL,
  "owner" TEXT NOT NULL,
  "record" JSONB NOT NULL,
  "attemptId" TEXT REFERENCES "attempt"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "createdById" TEXT NOT NULL REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "disabledAt" TIMESTAMPTZ(3),
  "disabledById" TEXT REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "disabledReason" TEXT
);

CREATE INDEX "failure_signature_in_use" ON "failure_signature"("createdAt") WHERE "disabledAt" IS NULL;
