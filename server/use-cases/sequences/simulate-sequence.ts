import { getContact } from '#db/queries/contacts.ts';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import type { Db } from '#db/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { simulate, type Simulation } from '#server/domain/simulate.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export type SimulateInput = { readonly startAt: Date; readonly outcomes?: Readonly<Record<string, string>> | undefined } & (
  | { readonly definition: Definition }
  | { readonly sequenceId: string }
) &
  ({ readonly contactId: string } | { readonly zone: string });

/** The exact timeline of one contact, or of anybody in a zone, in a definition or a sequence: its live version, or its
 *  draft while it has none. Reads only. Throws `notFound` for a sequence or contact of another workspace. */
export async function simulateSequence(db: Db, actor: Actor, input: SimulateInput): Promise<Simulation> {
  const { timeZone, rules } = await getWorkspaceRules(db, actor.workspaceId);
  const definition = 'definition' in input ? input.definition : await definitionOf(db, actor.workspaceId, input.sequenceId);
  const contact = 'contactId' in input ? await getContact(db, actor.workspaceId, input.contactId) : null;
  const { zone, origin } = resolveZone({
    definitionZone: definition.zone,
    contact: 'zone' in input ? { timeZone: input.zone, timeZoneOrigin: 'set' } : (contact ?? { timeZone: null, timeZoneOrigin: null }),
    workspaceTimeZone: timeZone,
  });
  const { startAt, outcomes } = input;
  return simulate({ definition, zone, zoneOrigin: origin, startAt, fields: contact?.fields ?? {}, rules, outcomes });
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
