/** Signing in and out. */
import { handleAuthRequest } from '#server/auth/next-auth.ts';

export { handleAuthRequest as GET, handleAuthRequest as POST };
