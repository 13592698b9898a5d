import { spawn } from 'node:child_process'
import { root } from './root.mjs'

/**
 * Runs a program to its end in Ferry's folder. Its output is kept and comes back with the exit code; with
 * `show: true` it goes to the terminal instead. Ends with code 127 where the program cannot be started.
 */
export function runCommand(program, args, { env = {}, show = false, shell = false, cwd = root } = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell,
      windowsHide: true,
    })
    let output = ''
    const keep = chunk => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const release = passOnSignals(child)
    child.on('error', error => {
      release()
      resolve({ code: 127, output: String(error) })
    })
    child.on('close', (code, signal) => {
      release()
      resolve({ code: code ?? 1, output: signal ? `${output}\n${signal}` : output })
    })
  })
}

/** Told to stop, we take the program along; a second time we go at once. */
function passOnSignals(child) {
  const stop = signal => {
    release()
    child.kill('SIGTERM')
    child.once('close', () => process.kill(process.pid, signal))
  }
  const release = () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  return release
}

/** Runs a program of an installed package with this very Node. */
export function runNode(script, args, options) {
  return runCommand(process.execPath, [script, ...args], options)
}

/** The last lines of a program's output, for a message. */
export function tail(output, lines = 25) {
  return output.trim().split('\n').slice(-lines).join('\n')
}
