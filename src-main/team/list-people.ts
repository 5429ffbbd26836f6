import { TeamPerson } from '#shared/protocol/team-state.ts';

const MAX_PEOPLE = 200;

/** Everybody by name, each once, of what connections to several documents say of themselves. */
export function listPeople(connections: readonly ReadonlyMap<number, unknown>[]): readonly TeamPerson[] {
  const names = new Set<string>();
  for (const states of connections) {
    for (const state of states.values()) {
      const person = TeamPerson.safeParse(state);
      if (person.success && names.size < MAX_PEOPLE) names.add(person.data.name);
    }
  }
  return [...names].sort().map((name) => ({ name }));
}
