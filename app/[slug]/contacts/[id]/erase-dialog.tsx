'use client';
/** Asks before a person is erased from every table, and whether the addresses stay blocked. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';

interface EraseDialogProps {
  contactId: string;
  onClose: () => void;
  onErased: () => void;
}

export function EraseDialog({ contactId, onClose, onErased }: EraseDialogProps) {
  const t = useTranslations('privacy');
  const api = useApi();
  const errorText = useErrorText();
  const [suppress, setSuppress] = useState(true);
  const erase = useMutation(api.contacts.erase.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const confirm = async () => {
    await erase.mutateAsync({ id: contactId, suppress });
    toast.success(t('erased'));
    onErased();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('eraseTitle')}
      description={t('eraseText')}
      confirmLabel={t('erase')}
      destructive
      onConfirm={confirm}
    >
      <Checkbox checked={suppress} onCheckedChange={setSuppress} label={t('suppress')} hint={t('suppressHint')} />
    </ConfirmDialog>
  );
}
