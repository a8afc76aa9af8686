'use client';
/** One enrolment beside the list it was opened from: where it stands, its controls, and its whole timeline. */
import { useQuery } from '@tanstack/react-query';
import { useApi } from '#app/_api/client.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { Sheet } from '#app/_ui/sheet.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { controlsFor, EnrolmentButtons } from './enrolment-buttons.tsx';
import { EnrolmentStatus } from './enrolment-status.tsx';
import { EnrolmentTimeline } from './enrolment-timeline.tsx';
import type { EnrolmentDetails } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';
import { useStepName } from './step-name.ts';

interface EnrolmentSheetProps {
  slug: string;
  /** Null: closed. */
  enrolmentId: string | null;
  onClose: () => void;
  mayEdit: boolean;
  /** The link to the contact, where the sheet is not opened from its own page. */
  linksContact?: boolean;
}

export function EnrolmentSheet({ slug, enrolmentId, onClose, mayEdit, linksContact = true }: EnrolmentSheetProps) {
  const { t } = useEnrolmentWords();
  const api = useApi();
  const details = useQuery({
    ...api.enrolments.get.queryOptions({ id: enrolmentId ?? '' }),
    enabled: enrolmentId !== null,
    refetchInterval: 5_000,
  });
  const enrolment = details.data;
  const stepName = useStepName({ plan: enrolment?.plan ?? [] });
  const name = enrolment?.contactName ?? t('people.unnamed');
  return (
    <Sheet
      open={enrolmentId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={enrolment ? t('sheet.title', { name }) : t('timeline.label')}
      description={enrolment && descriptionOf(enrolment, t)}
    >
      {details.isError ? (
        <ErrorState onRetry={() => void details.refetch()} />
      ) : enrolment ? (
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap items-center gap-2">
            <EnrolmentStatus status={enrolment.status} waitingFor={enrolment.waitingFor} exitReason={enrolment.exitReason} />
            <span className="flex-1" />
            {mayEdit && (
              <EnrolmentButtons
                target={{ ids: [enrolment.id] }}
                count={1}
                controls={controlsFor(enrolment)}
                steps={enrolment.plan
                  .filter((step) => step.isInVersion)
                  .map(({ stepKey, position }) => ({ stepKey, label: `${position}. ${stepName(stepKey, null)}` }))}
                zone={enrolment.timeZone}
              />
            )}
          </div>
          <EnrolmentTimeline enrolment={enrolment} />
          {linksContact && <TextLink href={`/${slug}/contacts/${enrolment.contactId}`}>{t('sheet.openContact')}</TextLink>}
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="w-1/3" />
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      )}
    </Sheet>
  );
}

function descriptionOf(enrolment: EnrolmentDetails, t: ReturnType<typeof useEnrolmentWords>['t']): string {
  const { version, plan } = enrolment;
  const current = plan.find((step) => step.stepKey === enrolment.stepKey);
  if (!current || enrolment.status === 'ended') return t('sheet.descriptionEnded', { version });
  return t('sheet.description', { position: current.position, count: plan.filter((step) => step.isInVersion).length, version });
}
