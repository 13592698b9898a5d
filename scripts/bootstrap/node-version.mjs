// Written so that an old Node can still read it: nothing here is newer than Node 12.
const wanted = 20
const found = Number(process.versions.node.split('.')[0])
if (found < wanted) {
  process.stderr.write(
    'Ferry needs Node.js ' +
      wanted +
      ' or later; this is ' +
      process.version +
      ' (' +
      process.execPath +
      ').\nInstall a newer one from https://nodejs.org or your package manager, then run the same command again.\n',
  )
  process.exit(1)
}
