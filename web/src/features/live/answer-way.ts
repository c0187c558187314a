/** How the candidate means to answer when the room opens, and whether it may be recorded. */
export type AnswerWay = { by: 'camera' | 'voice' | 'writing'; record: boolean };

/** The way that was chosen before coming here, from the state of the navigation. */
export function chosenWay(state: unknown): AnswerWay {
  const way: unknown = read(state, 'way');
  const by = read(way, 'by');
  return {
    by: by === 'camera' || by === 'voice' ? by : 'writing',
    record: read(way, 'record') === true,
  };
}

function read(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : null;
}
