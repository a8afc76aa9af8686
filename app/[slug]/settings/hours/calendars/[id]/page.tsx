/** One holiday calendar: what it closes, and every date of two years. */
import { notFound } from 'next/navigation';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { CalendarEditor } from '../../_calendar/calendar-editor.tsx';

export default async function CalendarPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { role } = await requireMember(slug);
  const api = await serverApi(slug);
  const calendar = await api.calendars.get({ id }).catch(() => null);
  if (!calendar) notFound();
  const { home, items } = await api.calendars.places();
  return <CalendarEditor slug={slug} calendar={calendar} countries={items} home={home} mayChange={roleAtLeast(role, 'editor')} />;
}
