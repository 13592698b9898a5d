import { refuse } from '../refusal'
import { isNull, NetObject, NOTHING, PSTimeSpan, typedArray } from '../values/model'
import { PSInteger, toBig } from '../values/numbers'
import { spanText, toText } from '../values/text'
import { enumerate } from './enumerate'

const NODE: Record<string, BufferEncoding> = { 'utf-8': 'utf8', 'us-ascii': 'latin1', 'utf-16': 'utf16le' }

/** System.Text.Encoding by its web name. */
export function encoding(
  name: string,
  type = `System.Text.${name === 'us-ascii' ? 'ASCIIEncoding+ASCIIEncodingSealed' : name === 'utf-16' ? 'UnicodeEncoding' : 'UTF8Encoding+UTF8EncodingSealed'}`,
): NetObject {
  const node = NODE[name] ?? 'utf8'
  return new NetObject(
    type,
    {
      webname: () => name,
      headername: () => name,
      bodyname: () => name,
      encodingname: () =>
        ({ 'utf-8': 'Unicode (UTF-8)', 'us-ascii': 'US-ASCII', 'utf-16': 'Unicode' })[name] ?? name,
      codepage: () => ({ 'utf-8': 65001, 'us-ascii': 20127, 'utf-16': 1200 })[name] ?? 0,
      preamble: () => refuse("an encoding's preamble"),
    },
    {
      getstring: ([bytes]) => {
        if (isNull(bytes)) refuse('null for an encoding')
        const text = Buffer.from(enumerate(bytes).map(v => Number(toBig(v as number)))).toString(node)
        return name === 'us-ascii' ? text.replace(/[^\0-\x7f]/g, '?') : text
      },
      getbytes: ([text]) =>
        isNull(text)
          ? refuse('null for an encoding')
          : typedArray(
              'System.Byte',
              [
                ...Buffer.from(
                  name === 'us-ascii' ? toText(text).replace(/[^\0-\x7f]/g, '?') : toText(text),
                  node,
                ),
              ].map(n => new PSInteger('System.Byte', BigInt(n))),
            ),
      getbytecount: ([text]) =>
        isNull(text) ? refuse('null for an encoding') : Buffer.byteLength(toText(text), node),
    },
    () => type,
  )
}

/** System.Diagnostics.Stopwatch. */
export function stopwatch(running: boolean): NetObject {
  let begun = running ? process.hrtime.bigint() : null
  let spent = 0n
  const total = () => spent + (begun === null ? 0n : process.hrtime.bigint() - begun)
  return new NetObject(
    'System.Diagnostics.Stopwatch',
    {
      elapsedmilliseconds: () => total() / 1000000n,
      elapsedticks: () => total(),
      elapsed: () => new PSTimeSpan(total() / 100n),
      isrunning: () => begun !== null,
    },
    {
      stop: () => {
        spent = total()
        begun = null
        return NOTHING
      },
      start: () => {
        begun ??= process.hrtime.bigint()
        return NOTHING
      },
      reset: () => {
        spent = 0n
        begun = null
        return NOTHING
      },
      restart: () => {
        spent = 0n
        begun = process.hrtime.bigint()
        return NOTHING
      },
    },
    () => spanText(total() / 100n),
  )
}

export const culture = (): NetObject =>
  new NetObject(
    'System.Globalization.CultureInfo',
    {
      name: () => 'en-US',
      displayname: () => 'English (United States)',
      lcid: () => 1033,
      twoletterisolanguagename: () => 'en',
    },
    {},
    () => 'en-US',
  )

export { isNull }
