/** The API over HTTP, for the dashboard and for the team's own tools. */
import { handleApiRequest } from '#server/api/http.ts';

export { handleApiRequest as GET, handleApiRequest as POST };
