import { seedDemo } from '@/scripts/demo'

await seedDemo(line => process.stdout.write(`${line}\n`))
process.exit()
