/** What somebody has chosen for an import, as the wizard holds it and as its draft keeps it. */
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';
import { isUnreadable, mappingProblem } from './mapping-problem.ts';

type Inputs = inferRouterInputs<AppRouter>['imports'];
export type PreviewInput = Inputs['preview'];
export type Preview = inferRouterOutputs<AppRouter>['imports']['preview'];
export type Draft = inferRouterOutputs<AppRouter>['imports']['get'];
export type FormatChoice = NonNullable<PreviewInput['format']>;
export type Mapping = Preview['mapping'];
/** How the import was done whose refused rows the file brings back. */
export type Mended = inferRouterOutputs<AppRouter>['imports']['suggestedOptions'];
export type OptionsChoice = NonNullable<PreviewInput['options']>;

/** A draft that gets another file. `mends`: whose refused rows the one before brought back. */
export interface DraftToKeep {
  readonly id: string;
  readonly options: OptionsChoice;
  readonly mends: string | null;
}

export interface Choices {
  readonly uploadId: string;
  /** Only what was said; the other parts are detected. */
  readonly format: FormatChoice;
  /** Null as long as it is what the file suggests. */
  readonly mapping: Mapping | null;
  readonly options: OptionsChoice;
}

export function choicesOf({ uploadId, format, mapping, options }: Draft): Choices {
  return { uploadId, format: Object.fromEntries(format.given.map((part) => [part, format[part]])), mapping, options };
}

/** What of the choices a file can be tried with: a mapping that is not done is left out. */
export function previewInput({ mapping, ...choices }: Choices): PreviewInput {
  const isDone = mapping !== null && !isUnreadable(mappingProblem(mapping, choices.options.identity ?? 'either'));
  return isDone ? { ...choices, mapping } : choices;
}

export function draftInput({ mapping, ...choices }: Choices): Inputs['saveDraft'] {
  return mapping === null ? choices : { ...choices, mapping };
}
