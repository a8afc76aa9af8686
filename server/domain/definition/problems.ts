/** What can keep a definition from being published. Codes are stable; screens word them in the reader's language. */
import type { TemplateProblem } from '#server/domain/template/problems.ts';

export const definitionProblemCodes = [
  'noSteps',
  'duplicateKey',
  'notYetSupported',
  'unknownChannelAccount',
  'unknownChatbot',
  'unknownField',
  'unknownCalendar',
  'emptyBody',
  'missingSubject',
  'unknownOutcome',
  'duplicateOutcome',
  'splitWeightsAreZero',
  'unreachable',
  'windowNeverOpens',
  'windowsClash',
  'nothingToWaitFor',
  'nothingToUpdate',
  'groupMissing',
] as const;
export type DefinitionProblemCode = (typeof definitionProblemCodes)[number] | TemplateProblem['code'];

/** `stepKey` is null for what concerns the whole sequence. `path` leads to the field inside of the step or definition
 *  (`message.body`). `params` fill the sentence: `what`, `rules`, `line`, `column`. */
export interface Problem {
  readonly code: DefinitionProblemCode;
  readonly stepKey: string | null;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What a definition may speak of in its workspace. */
export interface DefinitionFacts {
  /** Channel accounts that are not deleted; only e-mail needs a subject. */
  readonly channelAccounts: ReadonlyMap<string, { readonly kind: string }>;
  /** Chatbots that have a published version. */
  readonly chatbotIds: ReadonlySet<string>;
  /** Keys of the workspace's contact fields. */
  readonly fieldKeys: ReadonlySet<string>;
}
