'use client';
/** Asks for a name, makes the chatbot and opens its editor. */
import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { NameDialog } from './name-dialog.tsx';

export function NewChatbot({ slug }: { slug: string }) {
  const t = useTranslations('chatbots.new');
  const api = useApi();
  const router = useRouter();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const create = useMutation(api.chatbots.create.mutationOptions());
  const submit = async (name: string) => {
    const { id } = await create.mutateAsync({ name });
    router.push(`/${slug}/chatbots/${id}`);
  };
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" />
        {t('action')}
      </Button>
      <NameDialog
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        label={t('name')}
        placeholder={t('placeholder')}
        submitLabel={t('create')}
        busy={create.isPending || create.isSuccess}
        error={create.isError ? errorText(create.error) : null}
        onSubmit={(name) => void submit(name).catch(() => undefined)}
      />
    </>
  );
}
