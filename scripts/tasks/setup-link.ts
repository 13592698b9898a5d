import { createSetupLink } from '@/server/commands/create-setup-link'

const link = await createSetupLink()
process.stdout.write(
  `\nNobody has an account here yet. Open this link to make the first administrator and a second person; it works once:\n  ${link}\n\n`,
)
process.exit()
