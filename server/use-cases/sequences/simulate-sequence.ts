import { getContact } from '#db/queries/contacts.ts';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import type { Db } from '#db/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import { holidaysBetween, type NamedDate } from '#server/domain/calendar/holidays-between.ts';
import { closedDatesOf } from '#server/domain/definition/compile.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { simulate, type SimulatedStep, type Simulation } from '#server/domain/simulate.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export type SimulateInput = { readonly startAt: Date; readonly outcomes?: Readonly<Record<string, string>> | undefined } & (
  | { readonly definition: Definition }
  | { readonly sequenceId: string }
) &
  ({ readonly contactId: string } | { readonly zone: string });

/** `holidays`: those that a step was moved over, by name. */
export interface NamedSimulation extends Omit<Simulation, 'steps'> {
  readonly steps: readonly (SimulatedStep & { readonly holidays: readonly NamedDate[] })[];
}

/** The exact timeline of one contact, or of anybody in a zone, in a definition or a sequence: its live version, or its
 *  draft while it has none. Reads only. Throws `notFound` for a sequence or contact of another workspace. */
export async function simulateSequence(db: Db, actor: Actor, input: SimulateInput): Promise<NamedSimulation> {
  const { timeZone, rules } = await getWorkspaceRules(db, actor.workspaceId);
  const definition = 'definition' in input ? input.definition : await definitionOf(db, actor.workspaceId, input.sequenceId);
  const contact = 'contactId' in input ? await getContact(db, actor.workspaceId, input.contactId) : null;
  const { zone, origin } = resolveZone({
    definitionZone: definition.zone,
    contact: 'zone' in input ? { timeZone: input.zone, timeZoneOrigin: 'set' } : (contact ?? { timeZone: null, timeZoneOrigin: null }),
    workspaceTimeZone: timeZone,
  });
  const { startAt, outcomes } = input;
  const { steps, end } = simulate({ definition, zone, zoneOrigin: origin, startAt, fields: contact?.fields ?? {}, rules, outcomes });
  const closedDates = closedDatesOf(definition, rules);
  const holidaysOf = ({ movedFrom, plannedAt, reasons }: SimulatedStep): NamedDate[] =>
    movedFrom && plannedAt && reasons.includes('holiday') ? holidaysBetween(closedDates, movedFrom, plannedAt, zone) : [];
  return { steps: steps.map((step) => ({ ...step, holidays: holidaysOf(step) })), end };
}

async function definitionOf(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<Definition> {
  const row = await db
    .selectFrom('sequences as s')
    .leftJoin('sequenceVersions as v', (join) =>
      join.onRef('v.workspaceId', '=', 's.workspaceId').onRef('v.sequenceId', '=', 's.id').onRef('v.version', '=', 's.liveVersion'),
    )
    .select(['s.draft', 'v.definition'])
    .where('s.workspaceId', '=', workspaceId)
    .where('s.id', '=', sequenceId)
    .executeTakeFirst();
  if (!row) throw notFound('sequence', sequenceId);
  return (row.definition ?? row.draft) as unknown as Definition;
}
