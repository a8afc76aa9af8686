'use client';
/** Which chatbot starts, where, how long it waits for an answer, and what follows each way it can end. */
import { useTranslations } from 'next-intl';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { useBuilder } from './builder-context.tsx';
import { ChannelAccountField } from './channel-account-field.tsx';
import { newStep } from './new-step.ts';
import { choiceOf, decidedOutcomes, type PathChoice, withChoice } from './outcome-path.ts';
import { TimeoutInput } from './timeout-input.tsx';

type ChatbotStep = Extract<Step, { type: 'chatbot' }>;
const pathChoices: readonly PathChoice[] = ['goOn', 'end', 'own'];

export function ChatbotEditor({ step }: { step: ChatbotStep }) {
  const t = useTranslations('sequences');
  const { chatbots, mayEdit, changeStep } = useBuilder();
  const { chatbot } = step;
  const published = chatbots.filter((candidate) => candidate.liveVersion !== null);
  const known = published.some((candidate) => candidate.id === chatbot.chatbotId);
  const change = (part: Partial<ChatbotStep['chatbot']>) =>
    changeStep(step.key, (before) => (before.type === 'chatbot' ? { ...before, chatbot: { ...before.chatbot, ...part } } : before));
  const choose = (outcome: string, choice: PathChoice) =>
    changeStep(step.key, (before) =>
      withChoice(before, outcome, choice, newStep('message', 0, { channelAccountId: chatbot.channelAccountId, chatbotId: null })),
    );
  return (
    <section className="flex flex-col gap-4">
      <Field label={t('panel.chatbot')} error={known ? undefined : t('problems.unknownChatbot')}>
        <Select
          value={known ? chatbot.chatbotId : null}
          placeholder={t('panel.chatbotMissing')}
          disabled={!mayEdit}
          options={published.map((candidate) => ({ value: candidate.id, label: candidate.name }))}
          onValueChange={(chatbotId) => change({ chatbotId })}
        />
      </Field>
      <ChannelAccountField value={chatbot.channelAccountId} onChange={(channelAccountId) => change({ channelAccountId })} />
      <TimeoutInput minutes={chatbot.timeoutMinutes} onChange={(timeoutMinutes) => change({ timeoutMinutes })} />
      <div className="flex flex-col gap-3">
        <h3 className="font-medium">{t('panel.paths')}</h3>
        {decidedOutcomes.map((outcome) => (
          <Field key={outcome} label={t(`outcomes.${outcome}`)} className="grid grid-cols-[9rem_minmax(0,1fr)] items-center">
            <Select
              value={choiceOf(step, outcome)}
              disabled={!mayEdit}
              options={pathChoices.map((choice) => ({ value: choice, label: t(`panel.pathChoice.${choice}`) }))}
              onValueChange={(choice) => choose(outcome, choice)}
            />
          </Field>
        ))}
      </div>
    </section>
  );
}
