/** Why an instant is not the one that was first planned: codes only, in the ledger, the API and the catalogues. */
import { windowRules } from './window.ts';

/** `window`, `stepWindow`, `quietHours`, `holiday`: that rule was closed. `dst`: that local time does not exist on that
 *  day. `past`: the date had passed, and the step is sent at once. `pause`: shifted by a pause. `planChanged`: the plan
 *  was changed. `rulesChanged`: quiet hours or a holiday calendar were. `zoneChanged`: the contact's time zone was. `retry`: the provider asked to try later. `member`: a member chose another time.
 *  `forced`: outside of the allowed hours, by a member's will. */
export const moveReasons = [
  ...windowRules,
  'dst',
  'past',
  'pause',
  'planChanged',
  'rulesChanged',
  'zoneChanged',
  'retry',
  'member',
  'forced',
] as const;
export type MoveReason = (typeof moveReasons)[number];
