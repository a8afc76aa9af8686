/** Housekeeping that goes on beside the writing, one at a time: asked for again while it runs, it is left out. It may fail without
 *  harm; PostgreSQL does the same by itself a little later. */
export interface WorkBeside {
  begin(work: () => Promise<void>): void;
  settled(): Promise<void>;
}

export function workBeside(): WorkBeside {
  let running = false;
  let last = Promise.resolve();
  return {
    begin(work) {
      if (running) return;
      running = true;
      last = work()
        .catch(() => undefined)
        .finally(() => {
          running = false;
        });
    },
    settled: () => last,
  };
}
