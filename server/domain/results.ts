/** What is counted of a step, and what may be asked of its people. The same words in the API, the SQL and the catalogues. */

/** Per enrolment that came to the step: `reached` it at all; its message was `sent` (accepted by the channel), `delivered`,
 *  `replied` to (within 14 days), `failed` for good, left `unknown`, or the step was `skipped`. */
export const reachMetrics = ['reached', 'sent', 'delivered', 'replied', 'failed', 'unknown', 'skipped'] as const;
export type ReachMetric = (typeof reachMetrics)[number];

/** `waiting`: stands at the step now, which has not happened yet. */
export const stepMetrics = ['waiting', ...reachMetrics] as const;
export type StepMetric = (typeof stepMetrics)[number];
