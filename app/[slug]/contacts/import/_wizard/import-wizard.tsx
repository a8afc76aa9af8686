'use client';
/** Leads from a file to an import that runs. What was detected can be overridden at every step; nothing is written to contacts before
 *  the end, and what was chosen is kept in a draft that the address names. */
import { useQueryClient } from '@tanstack/react-query';
import { useApi, useApiClient } from '#app/_api/client.tsx';
import { ChooseFile } from './choose-file.tsx';
import { choicesOf, type OptionsChoice, previewInput } from './choices.ts';
import { OpenDraft } from './open-draft.tsx';
import { Steps } from './steps.tsx';
import { useWizardAddress } from './wizard-address.ts';

export function ImportWizard({ slug }: { slug: string }) {
  const api = useApi();
  const client = useApiClient();
  const queries = useQueryClient();
  const { importId, step, go, goInstead } = useWizardAddress(slug);

  /** With a file that has just arrived: in a new draft, or in one that is there, instead of its file. */
  const begin = async (uploadId: string, draft?: { id: string; options: OptionsChoice }) => {
    const kept = await client.imports.saveDraft.mutate({ ...draft, uploadId });
    queries.setQueryData(api.imports.get.queryKey({ id: kept.id }), kept);
    // A file that cannot be tried says so in the next step.
    const read = queries.fetchQuery(api.imports.preview.queryOptions(previewInput(choicesOf(kept))));
    const importedBefore = await read.then((found) => found.importedBefore).catch(() => []);
    goInstead('file', kept.id);
    if (importedBefore.length === 0) go('format', kept.id);
  };

  return (
    <>
      <Steps current={step} />
      {importId === null ? (
        <ChooseFile slug={slug} onUploaded={begin} />
      ) : (
        <OpenDraft
          key={importId}
          slug={slug}
          importId={importId}
          step={step}
          onGo={(next) => go(next, importId)}
          onGoInstead={(next) => goInstead(next, importId)}
          onUploaded={begin}
        />
      )}
    </>
  );
}
