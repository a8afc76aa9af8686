/** The most messages of sequences that one contact gets in a period, over all sequences. Pure. Source: product §1, §3. */
import { z } from 'zod';
import { DAY_MS } from './time/offsets.ts';

export const frequencyCapSchema = z.strictObject({
  messages: z.number().int().min(1).max(1_000),
  days: z.number().int().min(1).max(90),
});
export type FrequencyCap = z.infer<typeof frequencyCapSchema>;

export interface ContactUsage {
  /** When the contact got its latest messages, newest first; as many as the cap allows are enough. */
  readonly latest: readonly Date[];
  /** Steps of sequences that go first and are due now. */
  readonly rivals: number;
}

/** How long a step steps aside for those of higher priority before it looks again. */
const yieldMs = 15 * 60_000;

/** Null: the contact may get one more now, after `granted` others of this moment. Else when to look again: when the oldest
 *  message leaves the period, or, while others go first, a little later. */
export function waitForRoom(cap: FrequencyCap, usage: ContactUsage, granted: number, now: Date): Date | null {
  const since = now.getTime() - cap.days * DAY_MS;
  const counted = usage.latest.filter((at) => at.getTime() > since);
  const left = cap.messages - counted.length - granted;
  if (left > usage.rivals) return null;
  const oldest = counted[cap.messages - 1];
  return new Date(oldest ? oldest.getTime() + cap.days * DAY_MS : now.getTime() + yieldMs);
}
