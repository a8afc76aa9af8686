'use client';
/** What follows every act on a sequence: what was shown is read again, and the verb is said, done. */
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';

export function useSequenceAction() {
  const api = useApi();
  const queries = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  return {
    done: async (words: string) => {
      toast.success(words);
      await queries.invalidateQueries({ queryKey: api.sequences.pathKey() });
      router.refresh();
    },
    failed: (error: unknown) => void toast.error(errorText(error)),
  };
}
