/** What happened to contacts, as other systems report it. */
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

export interface NewContactEvent {
  readonly contactId: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

export async function insertContactEvent(tx: Tx, workspaceId: WorkspaceId, event: NewContactEvent): Promise<string> {
  const { id } = await tx
    .insertInto('contactEvents')
    .values({ ...event, workspaceId, properties: JSON.stringify(event.properties) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
