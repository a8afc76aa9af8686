/** The thread that renders. It tells which job it is at before it begins it, and answers in slices, so that the pool knows
 *  what to keep and whom to blame when the thread has to be ended. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Limits } from '#server/domain/template/engine.ts';
import { type Content, createRenderer, renderContent, type Rendered, type RenderJob } from '#server/domain/template/render.ts';
import type { TemplateVariables } from '#server/domain/template/variables.ts';

export interface RenderRequest {
  readonly batch: number;
  /** The distinct contents of the batch, and per job which of them it uses. */
  readonly contents: readonly Content[];
  readonly contentIndexes: readonly number[];
  readonly variables: readonly TemplateVariables[];
  readonly markGaps: readonly boolean[];
}

export interface RenderSlice {
  readonly batch: number;
  readonly from: number;
  readonly results: readonly Rendered[];
}

export interface RenderThreadData {
  /** One Int32: the index of the job under way. */
  readonly position: SharedArrayBuffer;
  readonly limits: Limits;
}

const sliceSize = 250;
/** After so many jobs of one text ran into the time limit, the others with it fail at once: they would do the same. */
const overrunsPerContent = 2;

const { position, limits } = workerData as RenderThreadData;
const at = new Int32Array(position);
const renderer = createRenderer(limits);

parentPort?.on('message', (request: RenderRequest) => {
  const overruns = new Map<number, { times: number; result: Rendered }>();
  let results: Rendered[] = [];
  let from = 0;
  request.variables.forEach((variables, index) => {
    Atomics.store(at, 0, index);
    const contentIndex = request.contentIndexes[index] ?? 0;
    const content = request.contents[contentIndex];
    if (!content) throw new Error('A render job points at no content.');
    results.push(renderOne({ content, variables, markGaps: request.markGaps[index] ?? false }, contentIndex, overruns));
    if (results.length < sliceSize) return;
    parentPort?.postMessage({ batch: request.batch, from, results } satisfies RenderSlice);
    from = index + 1;
    results = [];
  });
  parentPort?.postMessage({ batch: request.batch, from, results } satisfies RenderSlice);
});

function renderOne(job: RenderJob, contentIndex: number, overruns: Map<number, { times: number; result: Rendered }>): Rendered {
  const overrun = overruns.get(contentIndex);
  if (overrun && overrun.times >= overrunsPerContent) return overrun.result;
  const startedAt = performance.now();
  const result = renderContent(job, renderer);
  if (!result.ok && result.reason === 'templateError' && performance.now() - startedAt >= limits.renderMs) {
    overruns.set(contentIndex, { times: (overrun?.times ?? 0) + 1, result });
  }
  return result;
}
