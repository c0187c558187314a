/** How the candidate means to answer when the room opens. */
export type AnswerWay = 'camera' | 'voice' | 'writing';

/** The way that was chosen before coming here, from the state of the navigation. */
export function chosenWay(state: unknown): AnswerWay {
  const way = typeof state === 'object' && state !== null ? Reflect.get(state, 'way') : null;
  return way === 'camera' || way === 'voice' ? way : 'writing';
}
