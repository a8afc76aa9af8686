/** Structured log to stdout. Secrets and message texts never go into it. */
import pino from 'pino';

export const log = pino({
  level: process.env['ANDANTE_LOG_LEVEL'] ?? 'info',
  redact: ['password', 'secret', 'token', 'apiKey', 'authorization', '*.password', '*.secret', '*.token', '*.apiKey', '*.authorization'],
  serializers: { err: errorWithoutClient },
});
export type Log = typeof log;

/** The database driver hangs its whole connection on an error. */
function errorWithoutClient(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { client: _client, ...told } = pino.stdSerializers.err(error) as pino.SerializedError & { client?: unknown };
  return told;
}
