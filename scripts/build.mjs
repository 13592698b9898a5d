// npm run build: makes ready what is missing and builds everything, without starting anything.
import './bootstrap/node-version.mjs'

Promise.all([import('./bootstrap/prepare.mjs'), import('./bootstrap/say.mjs')]).then(
  ([{ prepare }, { run, say }]) =>
    run(async () => {
      await prepare({ web: true })
      say('Ferry is built.')
    }),
)
