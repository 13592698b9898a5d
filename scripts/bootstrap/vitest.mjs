import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode } from './command.mjs'

/**
 * Runs vitest on some of its projects, showing what it prints. Answers the counts: a file that could not be loaded and
 * an error outside of every test (a leak found at the end, say) count as one failed test each.
 */
export async function runVitest(projects, filters = []) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-report-'))
  const report = join(folder, 'report.json')
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--passWithNoTests',
  ]
  for (const project of projects) args.push(`--project=${project}`)
  try {
    const { code } = await runNode('node_modules/vitest/vitest.mjs', [...args, ...filters], { show: true })
    return count(read(report), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Sums a report of vitest; `code` is its exit code. */
export function count(report, code) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++
      else if (status === 'failed') counts.failed++
      else counts.skipped++
    }
    const failedInside = file.assertionResults.some(({ status }) => status === 'failed')
    if (file.status === 'failed' && !failedInside) counts.failed++
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
