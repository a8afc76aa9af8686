/** A step's whole wait as one plain sentence: "3 dias úteis depois, às 09:30, no fuso do contato." */
import { zoneName } from '#app/_ui/zone-name.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import type { Timing } from '#server/domain/time/schema.ts';
import { type SentenceContext, timingSentence } from './timing-sentence.tsx';

export interface WaitContext extends SentenceContext {
  readonly zone: Definition['zone'];
  readonly workspaceZone: string;
}

export function waitSentence(step: Pick<Step, 'timing' | 'ifPast' | 'expiresAfterMinutes'>, context: WaitContext): string {
  const { t, zone, workspaceZone } = context;
  const { timing, ifPast, expiresAfterMinutes } = step;
  const parts = [timingSentence(timing, context)];
  if (readsClock(timing)) {
    const kind = typeof zone === 'object' ? 'fixed' : zone;
    parts.push(t(`sentence.zone.${kind}`, { zone: zoneName(typeof zone === 'object' ? zone.iana : workspaceZone) }));
  }
  const rules = [];
  if (canBePast(timing)) rules.push(t(`sentence.ifPast.${ifPast ?? 'skip'}`));
  if (expiresAfterMinutes !== undefined) rules.push(t('sentence.expires', { length: lengthText(expiresAfterMinutes, t) }));
  return [`${parts.join(', ')}.`, ...rules].join(' ');
}

/** Whether the date may lie in the past when the step is reached. */
export function canBePast(timing: Timing): boolean {
  return timing.kind === 'onDate' || timing.kind === 'relativeToField' || (timing.kind === 'after' && timing.from === 'enrolment');
}

/** Whether somebody's wall clock decides: hours and minutes are the same everywhere. */
function readsClock(timing: Timing): boolean {
  if (timing.kind === 'immediately') return false;
  return timing.kind !== 'after' || timing.at !== undefined || (timing.unit !== 'minutes' && timing.unit !== 'hours');
}

/** Minutes in the largest unit that says them whole. */
function lengthText(minutes: number, t: SentenceContext['t']): string {
  if (minutes % 1_440 === 0) return t('amount.days', { count: minutes / 1_440 });
  return minutes % 60 === 0 ? t('amount.hours', { count: minutes / 60 }) : t('amount.minutes', { count: minutes });
}
