'use client';
/** Leads from a file to an import that runs. What was detected can be overridden at every step; nothing is written to contacts before
 *  the end, and what was chosen is kept in a draft that the address names. */
import { useQueryClient } from '@tanstack/react-query';
import { useApi, useApiClient } from '#app/_api/client.tsx';
import { ChooseFile } from './choose-file.tsx';
import { choicesOf, type DraftToKeep, previewInput } from './choices.ts';
import { MendedNote, useMended } from './mended-note.tsx';
import { OpenDraft } from './open-draft.tsx';
import { Steps } from './steps.tsx';
import { useWizardAddress } from './wizard-address.ts';

export function ImportWizard({ slug }: { slug: string }) {
  const api = useApi();
  const client = useApiClient();
  const queries = useQueryClient();
  const { importId, step, mends, go, goInstead } = useWizardAddress(slug);
  const mended = useMended(mends);

  /** With a file that has just arrived: in a new draft, or in one that is there, instead of its file. */
  const begin = async (uploadId: string, draft?: DraftToKeep) => {
    let kept = await client.imports.saveDraft.mutate({ ...(draft && { id: draft.id, options: draft.options }), uploadId });
    // A file that cannot be tried says so in the next step.
    const read = await queries.fetchQuery(api.imports.preview.queryOptions(previewInput(choicesOf(kept)))).catch(() => null);
    const source = mends ?? read?.mends ?? null;
    if (source !== (draft?.mends ?? null)) {
      const before = await optionsOf(source);
      kept = await client.imports.saveDraft.mutate({ id: kept.id, uploadId, options: before });
    }
    queries.setQueryData(api.imports.get.queryKey({ id: kept.id }), kept);
    goInstead('file', kept.id);
    if ((read?.importedBefore ?? []).length === 0) go('format', kept.id);
  };
  /** How that import was done; nothing of one that is gone. */
  const optionsOf = async (source: string | null) =>
    source === null
      ? {}
      : queries.fetchQuery(api.imports.suggestedOptions.queryOptions({ id: source })).then(
          ({ options }) => options,
          () => ({}),
        );

  return (
    <>
      <Steps current={step} />
      {importId === null ? (
        <>
          <MendedNote mended={mended} />
          <ChooseFile slug={slug} onUploaded={begin} />
        </>
      ) : (
        <OpenDraft
          key={importId}
          slug={slug}
          importId={importId}
          mends={mends}
          step={step}
          onGo={(next) => go(next, importId)}
          onGoInstead={(next) => goInstead(next, importId)}
          onUploaded={begin}
        />
      )}
    </>
  );
}
