/** Stands in for the sandbox's sink in `sink-worker.ts`: every delivery is taken at once, and nothing is kept of it. */
import type { SandboxSink } from '#server/channels/channel.ts';

export function createSandboxSink(): SandboxSink {
  return () => Promise.resolve();
}
