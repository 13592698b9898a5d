import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('ferry')

/**
 * Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT (or its variant for traces) says, by OpenTelemetry's ordinary Node SDK
 * and its own variables. Without an endpoint nothing is loaded. Answers what to call before the process ends.
 */
export async function startTracing(serviceName: string): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = process.env
  if (!all && !traces) return async () => undefined
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const sdk = new NodeSDK({ serviceName })
  sdk.start()
  // A collector that does not answer must not hold up the end of the process.
  return () =>
    Promise.race([
      sdk.shutdown().catch(() => undefined),
      new Promise<void>(resolve => setTimeout(resolve, 1_500).unref()),
    ])
}

/** Runs work inside a span, ids as its attributes; free where no traces are sent. Errors mark the span and go on. */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async span => {
    try {
      return await work()
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}
