/** Which enrolments a reply ends. Pure. */
import type { Definition } from './definition/schema.ts';

export interface OpenEnrolment {
  readonly id: string;
  readonly startedAt: Date;
  readonly scope: Definition['exitOnReply'];
  readonly group: string | null;
  /** Whether its plan sends through the channel account that the reply came in by. */
  readonly talksThere: boolean;
}

/** The enrolments that the reply answers are those that talk in that conversation, had begun, and care for replies;
 *  with them go the others of their group, or all of the contact, where one of them says so. Source: product §4. */
export function repliedEnrolments(open: readonly OpenEnrolment[], occurredAt: Date): string[] {
  const begun = open.filter((enrolment) => enrolment.startedAt <= occurredAt);
  const answered = begun.filter((enrolment) => enrolment.talksThere && enrolment.scope !== 'no');
  if (answered.some((enrolment) => enrolment.scope === 'all')) return begun.map((enrolment) => enrolment.id);
  const groups = new Set(answered.filter((enrolment) => enrolment.scope === 'group').map((enrolment) => enrolment.group));
  groups.delete(null);
  return begun.filter((enrolment) => answered.includes(enrolment) || groups.has(enrolment.group)).map((enrolment) => enrolment.id);
}
