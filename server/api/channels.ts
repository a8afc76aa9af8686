import { z } from 'zod';
import { type ChannelAccountRow, getAccountHealth, getChannelAccount, listChannelAccounts } from '#db/queries/channel-accounts.ts';
import { createAccountSchema, updateAccountSchema } from '#server/use-cases/channels/account-input.ts';
import { createAccount } from '#server/use-cases/channels/create-account.ts';
import { deleteAccount } from '#server/use-cases/channels/delete-account.ts';
import { pauseAccount } from '#server/use-cases/channels/pause-account.ts';
import { resumeAccount } from '#server/use-cases/channels/resume-account.ts';
import { testAccount, testAccountSchema } from '#server/use-cases/channels/test-account.ts';
import { updateAccount } from '#server/use-cases/channels/update-account.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const byId = z.strictObject({ id: z.uuid() });

export const channelsRouter = router({
  list: workspaceProcedure
    .input(z.strictObject({ ...pageInput, cursor: z.uuid().nullish() }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50 } = input ?? {};
      const rows = await listChannelAccounts(db, actor.workspaceId, { after: cursor ?? null, limit: limit + 1 });
      const items = rows.slice(0, limit).map(accountView);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),

  create: workspaceProcedure
    .input(createAccountSchema)
    .mutation(async ({ ctx: { db, actor }, input }) => accountView(await createAccount(db, actor, input))),

  update: workspaceProcedure
    .input(updateAccountSchema)
    .mutation(async ({ ctx: { db, actor }, input }) => accountView(await updateAccount(db, actor, input))),

  /** Tries the connection; with an address, sends a test message that counts in no result. */
  test: workspaceProcedure.input(testAccountSchema).mutation(({ ctx: { db, actor }, input }) => testAccount(db, actor, input)),

  pause: workspaceProcedure
    .input(byId)
    .mutation(async ({ ctx: { db, actor }, input }) => accountView(await pauseAccount(db, actor, input))),

  resume: workspaceProcedure
    .input(byId)
    .mutation(async ({ ctx: { db, actor }, input }) => accountView(await resumeAccount(db, actor, input))),

  delete: workspaceProcedure.input(byId).mutation(({ ctx: { db, actor }, input }) => deleteAccount(db, actor, input)),

  /** How sending through one account goes: what waits, what is unclear, what went out and failed within 24 hours. */
  health: workspaceProcedure.input(byId).query(async ({ ctx: { db, actor }, input }) => {
    const account = await getChannelAccount(db, actor.workspaceId, input.id);
    const { lastAcceptedAt, ...counts } = await getAccountHealth(db, actor.workspaceId, input.id);
    return {
      id: account.id,
      status: account.status,
      lastError: account.lastError,
      lastErrorAt: account.lastErrorAt?.toISOString() ?? null,
      lastAcceptedAt: lastAcceptedAt?.toISOString() ?? null,
      ...counts,
    };
  }),
});

/** An account as anyone in the workspace may see it: whether there is a secret, never what it is. */
function accountView(account: ChannelAccountRow) {
  const {
    id,
    kind,
    name,
    status,
    config,
    hasSecret,
    ratePerSecond,
    capPerMinute,
    capPerHour,
    capPerDay,
    lastError,
    lastErrorAt,
    createdAt,
  } = account;
  return {
    id,
    kind,
    name,
    status,
    config,
    hasSecret,
    ratePerSecond,
    capPerMinute,
    capPerHour,
    capPerDay,
    lastError,
    lastErrorAt: lastErrorAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
