/** Shapes of the API that the parts of an enrolment share. */
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type EnrolmentDetails = Outputs['enrolments']['get'];
export type EnrolmentEvent = EnrolmentDetails['events'][number];
export type ControlAnswer = Outputs['enrolments']['pause'];
