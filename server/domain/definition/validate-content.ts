/** What a step says, sends or changes: everything it speaks of has to exist. */
import { checkTemplate } from '#server/domain/template/check.ts';
import type { DefinitionFacts, Problem } from './problems.ts';
import type { Step } from './schema.ts';

type Report = (problem: Omit<Problem, 'stepKey'>) => void;

export function validateContent(step: Step, facts: DefinitionFacts, report: Report): void {
  switch (step.type) {
    case 'message':
      return validateMessage(step.message, facts, report);
    case 'chatbot':
      if (!facts.chatbotIds.has(step.chatbot.chatbotId)) report({ code: 'unknownChatbot', path: 'chatbot.chatbotId' });
      return validateAccount(step.chatbot.channelAccountId, 'chatbot.channelAccountId', facts, report);
    case 'waitFor':
      if (!step.waitFor.event && !step.waitFor.reply && !step.waitFor.tag && !step.waitFor.condition) {
        report({ code: 'nothingToWaitFor', path: 'waitFor' });
      }
      return;
    case 'split':
      if (step.split.variants.every((variant) => variant.weight === 0)) report({ code: 'splitWeightsAreZero', path: 'split.variants' });
      return;
    case 'update':
      if (Object.values(step.update).every((change) => change === undefined)) report({ code: 'nothingToUpdate', path: 'update' });
      return;
    case 'branch':
    case 'task':
    case 'webhook':
    case 'exit':
      return;
  }
}

function validateMessage(message: Extract<Step, { type: 'message' }>['message'], facts: DefinitionFacts, report: Report): void {
  validateAccount(message.channelAccountId, 'message.channelAccountId', facts, report);
  if (message.templateId !== undefined) report({ code: 'notYetSupported', path: 'message.templateId', params: { what: 'template' } });
  if (message.body.trim() === '' && (message.html ?? '').trim() === '') report({ code: 'emptyBody', path: 'message.body' });
  const kind = facts.channelAccounts.get(message.channelAccountId)?.kind;
  if (kind === 'smtp' && (message.subject ?? '').trim() === '') report({ code: 'missingSubject', path: 'message.subject' });
  for (const field of ['subject', 'body', 'html', 'fallback'] as const) {
    for (const { code, what, line, column } of checkTemplate(message[field] ?? '', { fieldKeys: facts.fieldKeys })) {
      report({ code, path: `message.${field}`, params: { what, line, column } });
    }
  }
}

function validateAccount(id: string, path: string, facts: DefinitionFacts, report: Report): void {
  if (!facts.channelAccounts.has(id)) report({ code: 'unknownChannelAccount', path });
}
