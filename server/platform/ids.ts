/** Identifiers: UUIDs made by the database. A `WorkspaceId` can be made only by `server/auth/actor.ts`. */
import { z } from 'zod';

export const idSchema = z.uuid();

declare const workspaceIdBrand: unique symbol;
export type WorkspaceId = string & { readonly [workspaceIdBrand]: true };
