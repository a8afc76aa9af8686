import type { Db } from '#db/client.ts';
import { getDefinitionFacts } from '#db/queries/definition-facts.ts';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Problem } from '#server/domain/definition/problems.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { validateDefinition } from '#server/domain/definition/validate.ts';
import { now } from '#server/platform/clock.ts';

/** Everything that keeps a definition from being published in the actor's workspace; none when it may be. */
export async function checkDefinition(db: Db, actor: Actor, definition: Definition): Promise<Problem[]> {
  const facts = await getDefinitionFacts(db, actor.workspaceId);
  const { rules } = await getWorkspaceRules(db, actor.workspaceId);
  return validateDefinition(definition, facts, rules, await now(db));
}
