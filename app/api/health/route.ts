/** For load balancers and process managers: whether this process reaches its database. Says nothing else without a key. */
import { now } from '#server/platform/clock.ts';
import { database } from '#server/platform/database.ts';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  try {
    await now(database());
    return Response.json({ ok: true });
  } catch {
    return Response.json({ ok: false }, { status: 503 });
  }
}
