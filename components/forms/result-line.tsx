import { Glyph } from '../state/glyph'
import type { FormResult } from './form-result'

/** The outcome of a form, beside its buttons. The element is there from the start, so that it is read out when it fills. */
export function ResultLine({ result }: { result: FormResult | null }) {
  return (
    <div className="result" role="status" data-ok={result ? result.ok : undefined}>
      {result && (
        <>
          <span className={`look-${result.ok ? 'done' : 'failed'}`}>
            <Glyph look={result.ok ? 'done' : 'failed'} />
          </span>
          <span>
            {result.message}
            {!result.ok && result.remedy && <> {result.remedy}</>}
            {!result.ok && result.reference && (
              <>
                {' '}
                Reference <code className="mono">{result.reference}</code>.
              </>
            )}
          </span>
        </>
      )}
    </div>
  )
}
