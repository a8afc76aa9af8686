/** The API over HTTP, for the dashboard and for the team's own tools. */
import { handleApiRequest } from '#server/api/http.ts';

const handle = (request: Request) => handleApiRequest(request);

export { handle as GET, handle as POST };
