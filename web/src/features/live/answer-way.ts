/** How the candidate means to answer when the room opens, and whether it may be recorded. */
export type AnswerWay = { by: 'camera' | 'voice' | 'writing'; record: boolean };

/** The way that was chosen before coming here, from the state of the navigation; `null` where none was. */
export function wayIn(state: unknown): AnswerWay | null {
  const way: unknown = read(state, 'way');
  const by = read(way, 'by');
  if (by !== 'camera' && by !== 'voice' && by !== 'writing') return null;
  return { by, record: read(way, 'record') === true };
}

/** The way that was chosen; whoever chose none writes. */
export function chosenWay(state: unknown): AnswerWay {
  return wayIn(state) ?? { by: 'writing', record: false };
}

function read(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : null;
}
