/** Renders members' texts in a thread that can be ended. The thread keeps in shared memory which job it is at, so a text
 *  that does not end is known by its place, tried once more alone, and fails alone; everyone else's text is kept or
 *  rendered again in a fresh thread. */
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { defaultLimits, type Limits } from '#server/domain/template/engine.ts';
import type { Content, Rendered, RenderJob } from '#server/domain/template/render.ts';
import type { RenderRequest, RenderSlice, RenderThreadData } from './render-worker.ts';

export interface RenderPool {
  /** One result per job, in order. The thread gets `deadlineMs` for the batch, counted from when it begins. Never throws
   *  for a text; a text that does not end, or eats the thread's memory, is a `templateError`. */
  render(jobs: readonly RenderJob[], deadlineMs: number): Promise<Rendered[]>;
  close(): Promise<void>;
}

const threadFile = resolve('server/platform/render-worker.ts');
const heapMegabytes = 192;
const youngMegabytes = 12;
const runaway: Rendered = {
  ok: false,
  reason: 'templateError',
  message: 'The text takes too long or too much memory to fill in. Look for loops that count very far.',
};

/** A pool of one thread, started at the first use; batches wait their turn. */
export function createRenderPool(limits: Limits = defaultLimits): RenderPool {
  let thread: RenderThread | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const run = async (jobs: readonly RenderJob[], deadlineMs: number): Promise<Rendered[]> => {
    const results: (Rendered | undefined)[] = Array.from({ length: jobs.length });
    let open = jobs.map((_, index) => index);
    while (open.length > 0) {
      thread ??= startThread(limits);
      const answer = await thread.render(
        open.map((index) => jobs[index] as RenderJob),
        deadlineMs,
      );
      answer.results.forEach((result, n) => {
        results[open[n] as number] = result;
      });
      if (answer.stuckAt === null) break;
      await thread.end();
      thread = null;
      const suspect = open[answer.stuckAt] as number;
      if (open.length === 1) {
        results[suspect] = runaway;
        break;
      }
      results[suspect] = (await run([jobs[suspect] as RenderJob], deadlineMs))[0];
      open = open.filter((index) => results[index] === undefined);
    }
    return results.map((result) => result ?? runaway);
  };
  return {
    render(jobs, deadlineMs) {
      if (jobs.length === 0) return Promise.resolve([]);
      const turn = last.then(() => run(jobs, deadlineMs));
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      await thread?.end();
      thread = null;
    },
  };
}

const holder = globalThis as typeof globalThis & { andanteRenderPool?: RenderPool };

/** Renders on this process's own pool. */
export function renderBatch(jobs: readonly RenderJob[], deadlineMs = 5_000): Promise<Rendered[]> {
  holder.andanteRenderPool ??= createRenderPool();
  return holder.andanteRenderPool.render(jobs, deadlineMs);
}

interface Answer {
  readonly results: Rendered[];
  /** Where the thread was when it had to be ended; null when it finished. */
  readonly stuckAt: number | null;
}

interface RenderThread {
  render(jobs: readonly RenderJob[], deadlineMs: number): Promise<Answer>;
  end(): Promise<void>;
}

function startThread(limits: Limits): RenderThread {
  const position = new SharedArrayBuffer(4);
  const at = new Int32Array(position);
  const workerData: RenderThreadData = { position, limits };
  const worker = new Worker(threadFile, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  worker.unref();
  let batch = 0;
  const online = new Promise<void>((ready) => worker.once('online', ready));
  return {
    async render(jobs, deadlineMs) {
      batch += 1;
      const request = requestOf(batch, jobs);
      Atomics.store(at, 0, 0);
      return await new Promise<Answer>((settle, reject) => {
        const results: Rendered[] = [];
        let timer: NodeJS.Timeout | undefined;
        const letGo = (): void => {
          clearTimeout(timer);
          worker.off('message', onSlice).off('error', onError).off('exit', onDeath);
          worker.unref();
        };
        const finish = (stuckAt: number | null): void => {
          letGo();
          settle({ results, stuckAt });
        };
        const onDeath = (): void => finish(Math.max(Atomics.load(at, 0), results.length));
        // Out of memory is the text's doing; anything else is ours, and must not be blamed on a text.
        const onError = (error: NodeJS.ErrnoException): void => {
          if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return onDeath();
          letGo();
          reject(error);
        };
        const onSlice = (slice: RenderSlice): void => {
          if (slice.batch !== batch) return;
          results.push(...slice.results);
          if (results.length === jobs.length) finish(null);
        };
        worker.ref();
        worker.on('message', onSlice).on('error', onError).on('exit', onDeath);
        worker.postMessage(request);
        void online.then(() => {
          timer = setTimeout(onDeath, deadlineMs);
        });
      });
    },
    async end() {
      worker.on('error', () => undefined);
      await worker.terminate();
    },
  };
}

/** Jobs of a batch mostly share their content: it crosses to the thread once. */
function requestOf(batch: number, jobs: readonly RenderJob[]): RenderRequest {
  const places = new Map<Content, number>();
  const contentIndexes = jobs.map(({ content }) => {
    const place = places.get(content) ?? places.size;
    places.set(content, place);
    return place;
  });
  return {
    batch,
    contents: [...places.keys()],
    contentIndexes,
    variables: jobs.map(({ variables }) => variables),
    markGaps: jobs.map(({ markGaps = false }) => markGaps),
  };
}
