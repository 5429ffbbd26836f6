import type { MachineRequest } from '#shared/protocol/ipc-contract.ts';
import type { DelayControl } from './delay/delay-control.ts';
import type { ControlHandlers } from './ipc/answer-control.ts';
import type { WallOutputs } from './wall-outputs.ts';

/** What a control room asks of this machine itself. */
export function createMachineHandlers(parts: {
  readonly outputs: WallOutputs;
  readonly delay: DelayControl;
}): Pick<ControlHandlers, MachineRequest> {
  const { outputs, delay } = parts;
  return {
    'put-on-screen': async (wall) => outputs.putOnScreen(wall),
    'take-off-screen': async (wall) => outputs.takeOffScreen(wall),
    'place-on-screen': async (wanted) => outputs.place(wanted),
    'set-wall-sound': (wanted) => outputs.setSound(wanted),
    'set-delay': (settings) => delay.set(settings),
    'ask-delay': async (wish) => delay.ask(wish),
  };
}
