/** Hours and holidays: when nothing may be sent, over all sequences, and the calendars that sequences go by. */
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { CalendarList } from './calendar-list.tsx';
import { FrequencyCap } from './frequency-cap.tsx';
import { QuietHours } from './quiet-hours.tsx';

export default async function HoursPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { workspace, role } = await requireMember(slug);
  const api = await serverApi(slug);
  return (
    <>
      <QuietHours initial={workspace.quietHours} mayChange={roleAtLeast(role, 'admin')} />
      <FrequencyCap initial={workspace.frequencyCap} mayChange={roleAtLeast(role, 'admin')} />
      <CalendarList slug={slug} initial={await api.calendars.list({ limit: 200 })} mayChange={roleAtLeast(role, 'editor')} />
    </>
  );
}
