/** Why an instant is not the one that was first planned: codes only, in the ledger, the API and the catalogues. */
import { windowRules } from './window.ts';

/** `window`, `stepWindow`, `quietHours`, `holiday`: that rule was closed. `dst`: that local time does not exist on that day. `past`: the
 *  date had passed, and the step is sent at once. `pause`, `hold`: shifted by a stop. `planChanged`: the plan was changed.
 *  `rulesChanged`: quiet hours or a holiday calendar were. `zoneChanged`: the contact's time zone was. `retry`: the provider asked to try
 *  later. `frequencyCap`: the contact had got as many messages as it may. `member`: a member chose another time. `forced`: outside of the
 *  allowed hours, by a member's will. */
export const moveReasons = [
  ...windowRules,
  'dst',
  'past',
  'pause',
  'hold',
  'frequencyCap',
  'planChanged',
  'rulesChanged',
  'zoneChanged',
  'retry',
  'member',
  'forced',
] as const;

/** Whether a stop or a member put it there: then a changed plan does not move it. */
export function isPlacedFromOutside(reasons: readonly string[]): boolean {
  return reasons.some((reason) => reason === 'pause' || reason === 'hold' || reason === 'member');
}

export type MoveReason = (typeof moveReasons)[number];
