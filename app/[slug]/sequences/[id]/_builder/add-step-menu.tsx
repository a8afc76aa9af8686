'use client';
/** The `+` between two steps. */
import { Bot, LogOut, MessageSquareText, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#app/_ui/menu.tsx';
import { useBuilder } from './builder-context.tsx';
import { type CreatableType, creatableTypes, newStep } from './new-step.ts';
import { insertStep, type ListPlace } from './plan-tree.ts';

const icons: Record<CreatableType, ReactElement> = {
  message: <MessageSquareText aria-hidden="true" />,
  chatbot: <Bot aria-hidden="true" />,
  exit: <LogOut aria-hidden="true" />,
};

interface AddStepMenuProps {
  at: ListPlace & { index: number };
  /** With words, where the list ends or is empty. */
  label?: string;
}

export function AddStepMenu({ at, label }: AddStepMenuProps) {
  const t = useTranslations('sequences');
  const { slug, accounts, chatbots, change, select } = useBuilder();
  const published = chatbots.filter((chatbot) => chatbot.liveVersion !== null);
  const defaults = { channelAccountId: accounts[0]?.id ?? null, chatbotId: published[0]?.id ?? null };
  const add = (type: CreatableType) => {
    const step = newStep(type, at.index, defaults);
    if (!step) return;
    change((definition) => insertStep(definition, at, step));
    select(step.key);
  };
  const trigger = label ? (
    <Button variant={at.index === 0 ? 'primary' : 'secondary'}>
      <Plus aria-hidden="true" />
      {label}
    </Button>
  ) : (
    <button
      type="button"
      aria-label={t('builder.addHere')}
      className="flex size-6 items-center justify-center rounded-full border border-line-strong bg-paper text-muted transition-colors hover:border-ink hover:text-ink data-[popup-open]:border-ink data-[popup-open]:text-ink"
    >
      <Plus className="size-3.5" aria-hidden="true" />
    </button>
  );
  return (
    <Menu align="start" trigger={trigger}>
      {creatableTypes.map((type) => (
        <MenuItem
          key={type}
          icon={icons[type]}
          disabled={(type !== 'exit' && !defaults.channelAccountId) || (type === 'chatbot' && !defaults.chatbotId)}
          onSelect={() => add(type)}
        >
          <span className="min-w-0">
            <span className="block">{t(`stepTypes.${type}`)}</span>
            <span className="block text-muted text-xs">{hintOf(type)}</span>
          </span>
        </MenuItem>
      ))}
      {(!defaults.channelAccountId || !defaults.chatbotId) && <MenuSeparator />}
      {!defaults.channelAccountId && <MenuLink href={`/${slug}/settings/channels`}>{t('builder.openChannels')}</MenuLink>}
      {!defaults.chatbotId && <MenuLink href={`/${slug}/chatbots`}>{t('builder.openChatbots')}</MenuLink>}
    </Menu>
  );

  function hintOf(type: CreatableType): string {
    if (type !== 'exit' && !defaults.channelAccountId) return t('builder.needChannel');
    if (type === 'chatbot' && !defaults.chatbotId) return t('builder.needChatbot');
    return t(`stepHints.${type}`);
  }
}
