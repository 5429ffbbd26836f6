import { useEffect, useState } from 'react';
import type { TeamState } from '#shared/protocol/team-state.ts';

/** Since when there has been no line to the team's server, in ms since 1970; null while there is one, or no team. */
export function useOfflineSince(team: TeamState | null): number | null {
  const isOffline =
    team?.type === 'member' && (team.sync.line.type === 'offline' || team.sync.line.type === 'off');
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => setSince(isOffline ? Date.now() : null), [isOffline]);
  return since;
}
