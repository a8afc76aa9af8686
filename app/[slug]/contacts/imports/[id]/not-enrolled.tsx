'use client';
/** Whom the sequence did not take in, by reason. */
import { useTranslations } from 'next-intl';
import { Section } from '#app/_ui/section.tsx';

export function NotEnrolled({ reasons }: { reasons: Readonly<Record<string, number>> }) {
  const t = useTranslations('imports.run');
  const tReasons = useTranslations('contacts.enrolDialog.reasons');
  return (
    <Section title={t('notEnrolled')}>
      <ul className="list-disc pl-5">
        {Object.entries(reasons).map(([reason, count]) => {
          const key = reason as 'other';
          return <li key={reason}>{tReasons(tReasons.has(key) ? key : 'other', { count })}</li>;
        })}
      </ul>
    </Section>
  );
}
