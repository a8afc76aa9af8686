/** Faults to plant: each takes one safeguard of sending away, and names the scenario that must notice. */

export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  readonly scenario: string;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'the claim locks no row',
    file: 'db/queries/due-enrolments.ts',
    text: 'order by e.due_at limit ${of.limit} for no key update of e skip locked',
    replacement: 'order by e.due_at limit ${of.limit}',
    scenario: 'stops',
  },
  {
    name: 'the claim takes paused people too',
    file: 'db/queries/due-enrolments.ts',
    text: `e.ended_at is null and e.paused_at is null
      and e.held_at is null and e.waiting_for = 'due' and e.due_at <=`,
    replacement: `e.ended_at is null
      and e.held_at is null and e.waiting_for = 'due' and e.due_at <=`,
    scenario: 'stops',
  },
  {
    name: 'settling does not look at the epoch',
    file: 'db/queries/message-settlement.ts',
    text: 'e.epoch = x.epoch and ',
    replacement: '',
    scenario: 'plan-changed',
  },
  {
    name: 'the hours are not looked at again at the claim',
    file: 'server/domain/advance.ts',
    text: 'const moved = isForced ? null :',
    replacement: 'const moved = isForced || due ? null :',
    scenario: 'hours-closed',
  },
  {
    name: 'what a dead worker held is sent again',
    file: 'db/queries/message-claims.ts',
    text: "update messages m set state = 'unknown', unknown_at = andante_now(), error_code = ${code}",
    replacement: "update messages m set state = 'queued', next_attempt_at = andante_now(), error_code = ${code}",
    scenario: 'killed-during-send',
  },
  {
    name: 'a connection that breaks after the content counts as unsent',
    file: 'server/channels/smtp/result.ts',
    text: "return contentStarted ? { kind: 'unknown', code, message }",
    replacement: "return contentStarted && !error ? { kind: 'unknown', code, message }",
    scenario: 'reset-after-acceptance',
  },
];
