-- How a session signs in with a credential before it is lent out. The secret itself stays with the workers.
CREATE TYPE "SignInKind" AS ENUM ('none', 'teams');
ALTER TABLE "credential"
  ADD COLUMN "signIn" "SignInKind" NOT NULL DEFAULT 'none',
  ADD COLUMN "signInUntil" TIMESTAMPTZ(3),
  ADD COLUMN "signInTries" INTEGER NOT NULL DEFAULT 0;

-- Where a worker found the secrets of the credentials that it serves: names and places, never a value.
ALTER TABLE "worker" ADD COLUMN "credentials" JSONB NOT NULL DEFAULT '[]';
