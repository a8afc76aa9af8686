/** `GET /api/health`, without a key: `{ok}` for load balancers, 503 when the database does not answer. */
import { isDatabaseAnswering } from '#server/api/health.ts';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const ok = await isDatabaseAnswering();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
