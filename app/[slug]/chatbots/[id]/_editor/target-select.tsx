'use client';
/** Where a value lands on the contact. Only what fits is offered; a new field can be made on the spot. */
import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Block } from '#server/domain/chatbot/flow.ts';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Field } from '#app/_ui/field.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import { NameDialog } from '../../name-dialog.tsx';
import type { ContactField } from './chatbot-editor.tsx';

interface TargetSelectProps {
  label: string;
  block: Block;
  fields: readonly ContactField[];
  value: string | undefined;
  onChange: (target: string | undefined) => void;
  /** Whether "nowhere" is a choice. */
  optional?: boolean;
}

const nowhere = '-';

export function TargetSelect({ label, block, fields, value, onChange, optional }: TargetSelectProps) {
  const t = useTranslations('chatbots');
  const api = useApi();
  const router = useRouter();
  const errorText = useErrorText();
  const [naming, setNaming] = useState(false);
  const create = useMutation(api.contacts.createField.mutationOptions());
  const kind = block.type === 'question' ? block.kind : null;
  const fitting = fields.filter((field) => kind === null || (field.kind !== 'number' && field.kind !== 'date') || field.kind === kind);
  const options = [
    ...(optional ? [{ value: nowhere, label: t('fields.saveNowhere') }] : []),
    { value: 'contact.name', label: t('targets.name') },
    ...(kind === 'email' ? [{ value: 'contact.email', label: t('targets.email') }] : []),
    ...(kind === 'phone' ? [{ value: 'contact.phone', label: t('targets.phone') }] : []),
    ...fitting.map((field) => ({ value: `contact.fields.${field.key}`, label: field.label })),
  ];
  if (value && !options.some((option) => option.value === value)) options.push({ value, label: labelOf(value, fields) });
  const createField = async (name: string) => {
    const field = await create.mutateAsync({ label: name, kind: kind === 'number' || kind === 'date' ? kind : 'text' });
    onChange(`contact.fields.${field.key}`);
    setNaming(false);
    toast.success(t('fields.newFieldCreated'));
    router.refresh();
  };
  return (
    <div className="flex items-start gap-1">
      <Field
        label={label}
        hint={value === 'contact.email' || value === 'contact.phone' ? t('fields.addressHint') : undefined}
        className="flex-1"
      >
        <Select
          options={options}
          value={value ?? (optional ? nowhere : null)}
          placeholder={t('fields.chooseField')}
          onValueChange={(next) => onChange(next === nowhere ? undefined : next)}
        />
      </Field>
      <IconButton label={t('fields.newField')} size="md" className="mt-[1.625rem]" onClick={() => setNaming(true)}>
        <Plus aria-hidden="true" />
      </IconButton>
      {naming && (
        <NameDialog
          open
          onOpenChange={setNaming}
          title={t('fields.newField')}
          label={t('fields.newFieldName')}
          submitLabel={t('fields.newFieldCreate')}
          busy={create.isPending}
          error={create.isError ? errorText(create.error) : null}
          onSubmit={(name) => void createField(name).catch(() => undefined)}
        />
      )}
    </div>
  );
}

function labelOf(target: string, fields: readonly ContactField[]): string {
  const key = target.replace(/^contact\.(fields\.)?/, '');
  return fields.find((field) => field.key === key)?.label ?? key;
}
