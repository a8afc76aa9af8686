/** What every code means, for docs/reference.md. A code without its words does not compile. */
import type { ChannelKind } from '#server/channels/channel.ts';
import type { chatbotOutcomes } from '#server/domain/definition/outcomes.ts';
import type { DefinitionProblemCode } from '#server/domain/definition/problems.ts';
import type { EnrolmentEventKind, ExitReason, RefusalReason, SkipReason } from '#server/domain/enrolment-events.ts';
import type { ContactRefusal } from '#server/domain/contact/refusals.ts';
import type { OwnTriggerRefusal } from '#server/domain/trigger.ts';
import type { MoveReason } from '#server/domain/time/reasons.ts';
import type { ErrorCode } from '#server/platform/errors.ts';

export const eventWords: Record<EnrolmentEventKind, string> = {
  enrolled: 'Started; `to` is when its first step is due.',
  sent: "The channel accepted the step's message.",
  skipped: 'The step was passed over; the reason says why.',
  failed: "The channel refused the step's message for good.",
  unknown: "Nobody knows whether the step's message went out. It is never sent again blindly.",
  resolved: 'A message that was `unknown` was found to have gone out, or is taken as such after a day.',
  botStarted: "The step's bot session began.",
  botEnded: 'The bot session ended; its outcome is in `reasons`.',
  rescheduled: 'The due time moved from `from` to `to`; the reasons say by which rules.',
  paused: 'A member paused it.',
  resumed: 'A member resumed it.',
  held: 'It waits for something that ends by itself, such as a person who has taken the conversation over.',
  released: 'That has ended.',
  moved: 'It was taken over to another version of the sequence.',
  stepChanged: 'A member took it to another step; `details.fromStepKey` is where it was.',
  exited: 'It ended; the exit reason is in `reasons`.',
};

export const moveWords: Record<MoveReason, string> = {
  window: "The sequence's window was closed.",
  stepWindow: "The step's own window was closed.",
  quietHours: "It fell into the workspace's quiet hours.",
  holiday: 'It fell on a closed date.',
  dst: 'That local time does not exist on that day, because clocks change.',
  past: 'The date had passed when the step was reached, and the step says to send at once.',
  pause: 'It was shifted by the length of a pause.',
  hold: 'It was shifted by the length of a hold.',
  frequencyCap: 'The contact had got as many messages as the workspace allows; it goes when there is room again.',
  planChanged: 'The plan, or a rule that it depends on, was changed.',
  rulesChanged: 'Quiet hours or a holiday calendar were changed.',
  zoneChanged: 'The time zone that it follows was changed.',
  retry: 'The channel asked to try later.',
  member: 'A member chose another time.',
  forced: 'A member sent it outside of the allowed hours.',
};

export const skipWords: Record<SkipReason, string> = {
  past: 'The date had passed when the step was reached.',
  missingField: 'The contact has nothing in the date field that the step depends on.',
  invalidField: 'What the contact has in that field is no date.',
  expired: 'It could not be sent within the time that the step allows.',
  noAddress: "The contact has no address for the step's channel.",
  suppressed: "The contact's address on the step's channel is on the suppression list.",
  missingVariable: 'The text needs a variable that has no value, no default and no fallback.',
  templateError: 'The text could not be rendered, or took too long.',
  accountDeleted: "The step's channel account was deleted.",
  overdue: 'The sequence was resumed with "skip what is overdue".',
  member: 'A member passed it over.',
  notPublished: "The step's chatbot was never published.",
  sessionOpen: 'Another bot session was open in the conversation.',
  conversationTaken: 'A person has the conversation.',
};

export const exitWords: Record<ExitReason, string> = {
  completed: 'It went through all steps.',
  replied: 'The contact replied.',
  goal: "The sequence's goal happened.",
  optedOut: 'The contact opted out.',
  bounced: 'The address is refused for good.',
  removed: 'A member removed it.',
  failed: 'A message failed for good.',
  expired: 'It could not go on within the time allowed.',
  exitStep: 'It reached an exit step.',
  sequenceArchived: 'The sequence was archived.',
  merged: 'Its contact was merged into one that was in the same place already.',
};

export const refusalWords: Record<RefusalReason, string> = {
  notFound: 'There is no such contact in the workspace.',
  alreadyActive: 'The contact is in the sequence already.',
  alreadyImported: 'An import of the same file has enrolled the contact in this sequence before; it may have left since.',
  noReentry: 'The contact went through it before, and it takes nobody back.',
  coolDown: 'The contact left too short a while ago.',
  noAddress: "The contact has none of the addresses that the sequence's channels use.",
  optedOut: 'The contact opted out.',
  suppressed: 'The address is on the suppression list.',
  exclusive: 'The contact is in another sequence of the same group.',
};

export const triggerWords: Record<OwnTriggerRefusal, string> = {
  conditionNotMet: "The contact does not meet the trigger's condition.",
  sequenceNotPublished: 'The sequence has no published version yet.',
  sequenceArchived: 'The sequence is archived and takes nobody in.',
  triggerOff: 'The trigger was switched off before it was looked at.',
  loop: 'What automatic entries led to would have led to the next one, for the fourth time in a row.',
  failed: 'It could not be enrolled; the log of the worker says why.',
};

export const contactRefusalWords: Record<ContactRefusal, string> = {
  phoneExcelDamage: 'A spreadsheet rounded the phone.',
  phoneNoAreaCode: 'The phone has no area code.',
  phoneSeveral: 'There is more than one phone.',
  phoneInvalid: 'It is not a phone that can exist.',
  emailSeveral: 'There is more than one e-mail address.',
  emailInvalid: 'It is not an e-mail address.',
  contactEmpty: 'It has neither name, phone nor e-mail address.',
  fieldUnknown: 'The workspace has no such field; `field` names it.',
  fieldInvalid: 'The value does not fit the kind of the field; `field` names it.',
  alreadyExists: 'Another contact has the address; `contactId` names it, `field` says which address.',
  duplicateInRequest: 'An earlier row of the same call has the address.',
};

export const problemWords: Record<DefinitionProblemCode, string> = {
  noSteps: 'There is no step.',
  duplicateKey: 'Two steps have the same key.',
  notYetSupported: 'This version cannot do that yet; `params.what` names it.',
  groupMissing: 'A reply is to end the sequences of a group, and the sequence has no `exclusivityGroup`.',
  unknownChannelAccount: 'The channel account does not exist, or was deleted.',
  unknownChatbot: 'The chatbot does not exist, or was never published.',
  unknownField: 'The workspace has no such contact field.',
  unknownCalendar: 'The holiday calendar does not exist, or was deleted.',
  emptyBody: 'The message has no text.',
  missingSubject: 'An e-mail has no subject.',
  unknownOutcome: 'A path is named after an outcome that the step does not have.',
  duplicateOutcome: 'An outcome appears twice.',
  splitWeightsAreZero: 'The weights of a split add up to nothing.',
  unreachable: 'No way leads to the step.',
  windowNeverOpens: 'The rule leaves nothing open within a year; `params.rules` names it.',
  windowsClash: 'Rules that hold together leave nothing open within a year; `params.rules` names them.',
  nothingToWaitFor: 'A step waits for nothing.',
  nothingToUpdate: 'A step updates nothing.',
  unclosedOutput: 'A `{{` has no `}}`.',
  unclosedTag: 'A tag is not closed.',
  unknownTag: 'There is no such tag.',
  unknownFilter: 'There is no such filter.',
  unknownVariable: 'There is no such variable.',
  notAValue: 'A group of variables is used as if it were one.',
  syntax: 'The text cannot be parsed.',
  tooLong: 'The text is too long.',
};

export const outcomeWords: Record<(typeof chatbotOutcomes)[number], string> = {
  completed: 'The flow reached an end.',
  noAnswer: 'No answer came in time, or none that could be understood.',
  handoff: 'The conversation was handed to a person.',
  error: 'The bot could not be started or failed.',
};

export const channelWords: Record<ChannelKind, string> = {
  sandbox: 'A phone and a mailbox in the browser. Nothing leaves the installation.',
  smtp: 'E-mail through a mail server.',
};

export const errorWords: Record<ErrorCode, string> = {
  notFound: 'It does not exist in this workspace, or no longer.',
  forbidden: "The caller's role does not allow it.",
  unauthenticated: 'Nobody is signed in, or the key is not valid.',
  invalid: 'The input is wrong; `data.invalid` or `details` name the fields.',
  conflict: 'Somebody else changed it meanwhile. Load it again.',
  alreadyExists: 'There is one like it already.',
  notPublishable: 'The draft has problems; `details.problems` lists them.',
  notYetSupported: 'This version cannot do that yet.',
  tooManyRequests: 'Too many attempts; wait and try again.',
  tooLarge: 'It is larger than the limit.',
  unavailable: 'Something that is needed does not answer. Try again.',
};
