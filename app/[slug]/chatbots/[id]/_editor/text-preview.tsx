'use client';
/** A text as it stands on a closed block: variables as small words instead of Liquid. */
import { useTranslations } from 'next-intl';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import type { ContactField } from './chatbot-editor.tsx';
import { useBlockName } from './use-block-name.ts';

const ownVariables = new Map([
  ['contact.firstName', 'firstName'],
  ['contact.name', 'name'],
  ['contact.email', 'email'],
  ['contact.phone', 'phone'],
] as const);

export function TextPreview({ text, flow, fields }: { text: string; flow: Flow; fields: readonly ContactField[] }) {
  const t = useTranslations('chatbots');
  const nameOf = useBlockName(flow);
  const label = (path: string) => {
    const own = ownVariables.get(path as 'contact.name');
    if (own) return t(`variables.${own}`);
    const field = fields.find((each) => `contact.fields.${each.key}` === path);
    if (field) return field.label;
    const block = flow.blocks.find((each) => `answers.${each.key}` === path);
    return block ? t('fields.answerTo', { block: nameOf(block) }) : path;
  };
  return text.split(/(\{\{.*?\}\})/).map((part, index) => {
    const path = /^\{\{-?\s*([\w.]+)[^}]*\}\}$/.exec(part)?.[1];
    if (path === undefined) return part;
    return (
      <span key={`${path}-${index}`} className="rounded-md bg-sunken px-1 text-muted">
        {label(path)}
      </span>
    );
  });
}
