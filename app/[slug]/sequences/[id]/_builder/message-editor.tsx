'use client';
/** What a message says and by which account: text, subject and HTML for e-mail, and a text for when a variable is missing. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import type { MessageContent, Step } from '#server/domain/definition/schema.ts';
import { ContentPreview } from '../../_content/content-preview.tsx';
import { TemplateField } from '../../_content/template-field.tsx';
import { useBuilder } from './builder-context.tsx';
import { ChannelAccountField } from './channel-account-field.tsx';

type MessageStep = Extract<Step, { type: 'message' }>;

export function MessageEditor({ step }: { step: MessageStep }) {
  const t = useTranslations('sequences.panel');
  const { accounts, fields, sequence, changeStep } = useBuilder();
  const { message } = step;
  const isEmail = accounts.find((account) => account.id === message.channelAccountId)?.kind === 'smtp';
  const change = (part: { [Key in keyof MessageContent]?: MessageContent[Key] | undefined }) =>
    changeStep(step.key, (before) => (before.type === 'message' ? { ...before, message: withPart(before.message, part) } : before));
  return (
    <section className="flex flex-col gap-4">
      <ChannelAccountField value={message.channelAccountId} onChange={(channelAccountId) => change({ channelAccountId })} />
      {(isEmail || message.subject !== undefined) && (
        <TemplateField
          singleLine
          label={t('subject')}
          maxLength={998}
          fields={fields}
          value={message.subject ?? ''}
          onChange={(subject) => change({ subject: subject || undefined })}
        />
      )}
      <TemplateField label={t('body')} className="min-h-40" fields={fields} value={message.body} onChange={(body) => change({ body })} />
      {isEmail && (
        <OptionalText
          label={t('html')}
          hint={t('htmlHint')}
          add={t('addHtml')}
          remove={t('removeHtml')}
          className="font-mono"
          value={message.html}
          onChange={(html) => change({ html })}
        />
      )}
      <OptionalText
        label={t('fallback')}
        hint={t('fallbackHint')}
        add={t('addFallback')}
        remove={t('removeFallback')}
        value={message.fallback}
        onChange={(fallback) => change({ fallback })}
      />
      <ContentPreview content={message} channelAccountId={message.channelAccountId} sequenceName={sequence.name} />
    </section>
  );
}

/** The content with `part` in place; what is undefined is left out. */
function withPart(content: MessageContent, part: { [Key in keyof MessageContent]?: MessageContent[Key] | undefined }): MessageContent {
  const entries = Object.entries({ ...content, ...part }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as MessageContent;
}

interface OptionalTextProps {
  label: string;
  hint: string;
  add: string;
  remove: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  className?: string;
}

/** A text that is there only when it was asked for. */
function OptionalText({ label, hint, add, remove, value, onChange, className }: OptionalTextProps) {
  const { fields } = useBuilder();
  const [open, setOpen] = useState(value !== undefined);
  if (!open) {
    return (
      <Button variant="quiet" size="sm" className="-ml-2.5 self-start" onClick={() => setOpen(true)}>
        {add}
      </Button>
    );
  }
  const close = () => {
    setOpen(false);
    onChange(undefined);
  };
  return (
    <div className="flex flex-col gap-1">
      <TemplateField
        label={label}
        hint={hint}
        className={className}
        fields={fields}
        value={value ?? ''}
        onChange={(text) => onChange(text || undefined)}
      />
      <Button variant="quiet" size="sm" className="-ml-2.5 self-start" onClick={close}>
        {remove}
      </Button>
    </div>
  );
}
