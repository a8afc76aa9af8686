/** Structured log to stdout. Secrets and message texts never go into it. */
import pino from 'pino';

export const log = pino({
  level: process.env['ANDANTE_LOG_LEVEL'] ?? 'info',
  redact: ['password', 'secret', 'token', 'apiKey', 'authorization', '*.password', '*.secret', '*.token', '*.apiKey', '*.authorization'],
});
export type Log = typeof log;
