'use client';
/** Asks before a chatbot is deleted; says which sequences keep it, where some do. */
import { useMutation } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { toast } from '#app/_ui/toaster.tsx';

interface DeleteChatbotProps {
  chatbot: { id: string; name: string; openSessions: number };
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteChatbot({ chatbot, onClose, onDeleted }: DeleteChatbotProps) {
  const t = useTranslations('chatbots.delete');
  const api = useApi();
  const errorText = useErrorText();
  const remove = useMutation(api.chatbots.delete.mutationOptions());
  const confirm = async () => {
    try {
      await remove.mutateAsync({ id: chatbot.id });
      toast.success(t('done'));
      onDeleted();
    } catch (error) {
      const names = namesOfUsers(error);
      toast.error(names.length > 0 ? t('inUse', { names: names.join(', ') }) : errorText(error));
      throw error;
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={t('title', { name: chatbot.name })}
      description={t('description', { sessions: chatbot.openSessions })}
      confirmLabel={t('confirm')}
      onConfirm={confirm}
    />
  );
}

/** The sequences that a refusal names. */
function namesOfUsers(error: unknown): string[] {
  if (!(error instanceof TRPCClientError)) return [];
  const domain = (error.data as { domain?: { details?: { sequences?: { name: string }[] } } } | undefined)?.domain;
  return (domain?.details?.sequences ?? []).map((sequence) => sequence.name);
}
