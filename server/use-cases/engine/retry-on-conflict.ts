/** Repeats a transaction that PostgreSQL gave up for another one. */
const deadlockDetected = '40P01';
const serializationFailure = '40001';
const tries = 5;

/** Thrown by work that has seen two states of the tables: it is begun again, as if PostgreSQL had given it up. */
export class BeginAgain extends Error {
  readonly code = serializationFailure;
}

/** Runs `work` again when it lost a deadlock; it must be one whole transaction. Any other error is thrown at once. */
export async function retryOnConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const isConflict = code === deadlockDetected || code === serializationFailure;
      if (!isConflict || attempt >= tries) throw error;
    }
  }
}

/** Classes of SQLSTATE that say nothing about the work itself: connection lost, conflict, out of resources, shut down.
 *  Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passingClasses = new Set(['08', '40', '53', '57']);

/** Whether the same work may succeed a little later: the database was away, or too busy. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const sqlState = sqlStateOf(error);
  if (sqlState !== null) return passingClasses.has(sqlState.slice(0, 2));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^(ECONN|EPIPE|ETIMEDOUT)/.test(code) || /connection terminated|connection timeout/i.test(error.message);
}

/** Whether the database has said that the work itself cannot be done, whenever it is tried. */
export function isLasting(error: unknown): boolean {
  return error instanceof Error && sqlStateOf(error) !== null && !isPassing(error);
}

/** Null for an error that is not PostgreSQL's own. No class of its begins with E, as the codes of the system do (`EPIPE`). */
function sqlStateOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(error.code) ? error.code : null;
}
