'use client';
/** Whom the sequence took in, and whom it did not, by reason. */
import { useFormatter, useTranslations } from 'next-intl';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';

interface EnrolledProps {
  enrolled: number;
  notEnrolled: Readonly<Record<string, number>>;
  /** Where those are shown whom it enrolled. */
  href: string | null;
}

export function Enrolled({ enrolled, notEnrolled, href }: EnrolledProps) {
  const t = useTranslations('imports.run');
  const tReasons = useTranslations('contacts.enrolDialog.reasons');
  const format = useFormatter();
  const refused = Object.entries(notEnrolled).sort(([, a], [, b]) => b - a);
  return (
    <Section title={t('enrolments')}>
      <div className="flex flex-wrap gap-x-10 gap-y-5">
        <Stat label={t('enrolled')} value={format.number(enrolled)} {...(href !== null && enrolled > 0 && { href })} />
        <Stat label={t('notEnrolled')} value={format.number(refused.reduce((sum, [, count]) => sum + count, 0))} />
      </div>
      {refused.length > 0 && (
        <ul className="mt-4 list-disc pl-5">
          {refused.map(([reason, count]) => {
            const key = reason as 'other';
            return <li key={reason}>{tReasons(tReasons.has(key) ? key : 'other', { count })}</li>;
          })}
        </ul>
      )}
    </Section>
  );
}
