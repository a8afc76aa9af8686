/** `GET /api/metrics`: numbers for Prometheus, behind the token of `ANDANTE_METRICS_TOKEN`. */
import { handleMetricsRequest } from '#server/api/metrics.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return handleMetricsRequest(request);
}
