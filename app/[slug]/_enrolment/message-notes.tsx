'use client';
/** What became of a step's message: delivered, read, replied; and every attempt that went wrong, in plain words. */
import { DateTime } from '#app/_ui/date-time.tsx';
import type { EnrolmentDetails, EnrolmentEvent } from './enrolment-types.ts';
import { useEnrolmentWords } from './enrolment-words.ts';

export function MessageNotes({ event, enrolment }: { event: EnrolmentEvent; enrolment: EnrolmentDetails }) {
  const { t } = useEnrolmentWords();
  const message = enrolment.messages.find(
    (one) => one.id === event.messageId || (one.origin === 'step' && one.stepNumber === event.stepNumber),
  );
  if (!message) return null;
  const { timeZone: zone } = enrolment;
  const { repliedAt } = message;
  const attempts = enrolment.attempts.filter((attempt) => attempt.messageId === message.id);
  const isToldByAttempt = attempts.some((attempt) => attempt.errorText === message.errorText);
  const worded = (text: string | null, code: string | null) =>
    text && code ? t('timeline.providerError', { text, code }) : (text ?? code ?? '');
  return (
    <>
      {(message.state === 'delivered' || message.state === 'read') && <p className="text-sent text-xs">{t(`timeline.${message.state}`)}</p>}
      {repliedAt && (
        <p className="text-replied text-xs">{t.rich('timeline.replied', { at: () => <DateTime at={repliedAt} zone={zone} /> })}</p>
      )}
      {attempts.map((attempt) => (
        <p key={attempt.attempt} className="text-failed text-xs [overflow-wrap:anywhere]">
          {t.rich('timeline.attempt', {
            attempt: attempt.attempt,
            at: () => <DateTime at={attempt.at} zone={zone} />,
            text: worded(attempt.errorText, attempt.errorCode),
          })}
        </p>
      ))}
      {message.errorText && !isToldByAttempt && (
        <p className="text-failed text-xs [overflow-wrap:anywhere]">{worded(message.errorText, message.errorCode)}</p>
      )}
    </>
  );
}
