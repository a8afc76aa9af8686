'use client';
/** The most messages that a contact gets in some days, over all sequences. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { type FrequencyCap as Cap, frequencyCapSchema } from '#server/domain/frequency-cap.ts';

export function FrequencyCap({ initial, mayChange }: { initial: Cap | null; mayChange: boolean }) {
  const t = useTranslations('calendars.frequency');
  const api = useApi();
  const router = useRouter();
  const errorText = useErrorText();
  const [saved, setSaved] = useState(initial);
  const [messages, setMessages] = useState(String(initial?.messages ?? ''));
  const [days, setDays] = useState(String(initial?.days ?? 7));
  const parsed = messages.trim() === '' ? null : frequencyCapSchema.safeParse({ messages: Number(messages), days: Number(days) });
  const wrong = parsed !== null && !parsed.success;
  const cap = parsed?.data ?? null;
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: () => {
        setSaved(cap);
        toast.success(t('saved'));
        router.refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) save.mutate({ frequencyCap: cap });
  };
  return (
    <Section title={t('title')} description={mayChange ? t('description') : t('readOnly')}>
      <form onSubmit={submit} noValidate className="flex max-w-2xl flex-wrap items-end gap-3">
        <Field label={t('messages')} className="w-44">
          <Input inputMode="numeric" disabled={!mayChange} value={messages} placeholder={t('none')} onValueChange={setMessages} />
        </Field>
        <Field label={t('days')} className="w-44">
          <Input inputMode="numeric" disabled={!mayChange} value={days} onValueChange={setDays} />
        </Field>
        {mayChange && (
          <Button type="submit" variant="primary" busy={save.isPending} disabled={wrong || JSON.stringify(saved) === JSON.stringify(cap)}>
            {t('save')}
          </Button>
        )}
        {wrong && (
          <p role="alert" className="w-full text-failed text-xs">
            {t('wrong')}
          </p>
        )}
      </form>
    </Section>
  );
}
