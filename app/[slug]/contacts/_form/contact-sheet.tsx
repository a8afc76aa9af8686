'use client';
/** Creates a contact, or edits one, beside the page. What the server refuses is said at the field. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { Textarea } from '#app/_ui/textarea.tsx';
import { TagInput } from '#app/_ui/tag-input.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { useContactErrors } from './contact-errors.ts';
import { draftOf, inputOf, type ContactDraft } from './contact-draft.ts';
import { CustomFields } from './custom-fields.tsx';
import { ZoneField } from './zone-field.tsx';

type Contact = inferRouterOutputs<AppRouter>['contacts']['get'];

interface ContactSheetProps {
  slug: string;
  /** Null: a new one. */
  contact: Contact | null;
  onClose: () => void;
  onSaved: (contact: { id: string }) => void;
}

const locales = ['pt-BR', 'pt-PT', 'en', 'es'] as const;

export function ContactSheet({ slug, contact, onClose, onSaved }: ContactSheetProps) {
  const t = useTranslations('contacts.form');
  const api = useApi();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<ContactDraft>(() => draftOf(contact));
  const tags = useQuery(api.contacts.tags.queryOptions());
  const members = useQuery(api.members.list.queryOptions({ limit: 200 }));
  const set = (change: Partial<ContactDraft>) => setDraft((before) => ({ ...before, ...change }));
  const settled = {
    onSuccess: async (saved: { id: string; notice: 'ninthDigitAdded' | null }) => {
      toast.success(t(contact ? 'saved' : 'created'), saved.notice ? { description: t('ninthDigitAdded') } : undefined);
      await queries.invalidateQueries({ queryKey: api.contacts.pathKey() });
      onClose();
      onSaved(saved);
    },
  };
  const create = useMutation(api.contacts.create.mutationOptions(settled));
  const update = useMutation(api.contacts.update.mutationOptions(settled));
  const busy = create.isPending || update.isPending;
  const errors = useContactErrors(create.error ?? update.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (contact) update.mutate({ id: contact.id, ...inputOf(draft, contact) });
    else create.mutate(inputOf(draft, null));
  };
  const localeOptions = [
    { value: 'none', label: t('localeNone') },
    ...locales.map((locale) => ({ value: locale as string, label: t(`locales.${locale}`) })),
    ...(draft.locale && !locales.some((known) => known === draft.locale) ? [{ value: draft.locale, label: draft.locale }] : []),
  ];
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(contact ? 'editTitle' : 'createTitle')}
      footer={
        <Button type="submit" form="contact" variant="primary" busy={busy}>
          {t(contact ? 'save' : 'create')}
        </Button>
      }
    >
      <form id="contact" noValidate onSubmit={submit} className="flex flex-col gap-5">
        {errors.taken && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-failed">
            {t(errors.taken.field === 'phone' ? 'takenPhone' : 'takenEmail', { name: errors.taken.name })}{' '}
            {errors.taken.contactId && <TextLink href={`/${slug}/contacts/${errors.taken.contactId}`}>{t('takenOpen')}</TextLink>}
          </p>
        )}
        {errors.general && (
          <p role="alert" className="text-danger-text">
            {errors.general}
          </p>
        )}
        <Field label={t('name')} error={errors.of('name')}>
          <Input maxLength={200} autoComplete="off" value={draft.name} onValueChange={(name) => set({ name })} />
        </Field>
        <Field label={t('phone')} hint={t('phoneHint')} error={errors.of('phone')}>
          <Input type="tel" maxLength={80} autoComplete="off" value={draft.phone} onValueChange={(phone) => set({ phone })} />
        </Field>
        <Field label={t('email')} error={errors.of('email')}>
          <Input
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={320}
            autoComplete="off"
            value={draft.email}
            onValueChange={(email) => set({ email })}
          />
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="font-medium text-sm">{t('tags')}</span>
          <TagInput
            aria-label={t('tags')}
            value={draft.tags}
            onValueChange={(next) => set({ tags: next })}
            suggestions={tags.data?.items.map((tag) => tag.name) ?? []}
            placeholder={t('tagsHint')}
            removeLabel={(tag) => t('removeTag', { tag })}
          />
        </div>
        <ZoneField value={draft.timeZone} onValueChange={(timeZone) => set({ timeZone })} />
        <Field label={t('locale')}>
          <Select
            options={localeOptions}
            value={draft.locale || 'none'}
            onValueChange={(locale) => set({ locale: locale === 'none' ? '' : locale })}
          />
        </Field>
        <Field label={t('owner')} error={errors.of('ownerId')}>
          <Select
            options={[
              { value: 'none', label: t('ownerNone') },
              ...(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name })),
            ]}
            value={draft.ownerId || 'none'}
            onValueChange={(ownerId) => set({ ownerId: ownerId === 'none' ? '' : ownerId })}
          />
        </Field>
        <Field label={t('notes')}>
          <Textarea rows={4} maxLength={10_000} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} />
        </Field>
        <CustomFields values={draft.fields} onValuesChange={(fields) => set({ fields })} errorOf={errors.of} />
      </form>
    </Sheet>
  );
}
