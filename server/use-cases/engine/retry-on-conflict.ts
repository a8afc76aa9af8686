/** Repeats a transaction that PostgreSQL gave up for another one. */
const deadlockDetected = '40P01';
const serializationFailure = '40001';
const tries = 5;

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
