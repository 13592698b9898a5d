import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Node packages with native parts or their own loading of files: required at run time, never bundled.
  serverExternalPackages: [
    'bullmq',
    'ioredis',
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pino',
    'prom-client',
  ],
  // Nothing is written into the project by the development server.
  agentRules: false,
  devIndicators: false,
  // Types are a check of their own (npm run lint, npm test); building twice as fast is worth more at a start.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // An import may be 100 MB. The proxy buffers bodies and would cut them in silence at 10 MB.
    proxyClientMaxBodySize: '110mb',
    serverActions: { bodySizeLimit: '2mb' },
  },
}

export default config
