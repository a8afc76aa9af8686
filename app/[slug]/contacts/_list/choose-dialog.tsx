'use client';
/** Asks for one thing of a list before many contacts are changed by it. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';

interface ChooseDialogProps {
  title: string;
  description?: string;
  label: string;
  placeholder: string;
  options: readonly { readonly value: string; readonly label: string }[];
  confirmLabel: string;
  destructive?: boolean;
  onConfirm: (value: string) => Promise<void>;
  onClose: () => void;
}

export function ChooseDialog({ label, placeholder, options, onConfirm, onClose, ...frame }: ChooseDialogProps) {
  const t = useTranslations('contacts.bulk');
  const [value, setValue] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const confirm = async () => {
    setMissing(value === null);
    if (value === null) throw new Error('nothing chosen');
    await onConfirm(value);
  };
  return (
    <ConfirmDialog open onOpenChange={(open) => !open && onClose()} onConfirm={confirm} {...frame}>
      <Field label={label} error={isMissing && value === null ? t('chooseFirst') : undefined}>
        <Select placeholder={placeholder} value={value} options={options} onValueChange={setValue} />
      </Field>
    </ConfirmDialog>
  );
}
