/** What the walk over all procedures needs to know of each one: an input that works, and what a stranger's ids give. */
import type { Db } from '#db/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { SignedInUser } from '#db/queries/sessions.ts';
import type { appRouter } from '../root.ts';
import type { createCaller } from '../trpc.ts';

/** A workspace with sandbox channel, sample contacts and the sample sequence, as the first run makes it. */
export interface World {
  readonly db: Db;
  readonly workspaceId: Actor['workspaceId'];
  readonly slug: string;
  readonly owner: Actor & { kind: 'user' };
  readonly user: SignedInUser;
  /** The API as the owner of this workspace. */
  readonly api: ReturnType<ReturnType<typeof createCaller<(typeof appRouter)['_def']['record']>>>;
  readonly contactId: string;
  /** The sandbox channel's account. */
  readonly channelAccountId: string;
  /** The sample sequence, not yet published. */
  readonly sequenceId: string;
}

export interface Fixture {
  /** Makes in `world` what the call needs, and answers an input that succeeds there for whoever may call. Called afresh before every
   *  call. */
  readonly input: (world: World) => unknown;
  /** The call with an input made in another workspace: `notFound` – refused so; `nothing` – answers, but with no items and nothing
   *  accepted; `noIds` – its input names nothing of a workspace. */
  readonly foreign: 'notFound' | 'nothing' | 'noIds';
}

export type Fixtures = Record<string, Fixture>;
