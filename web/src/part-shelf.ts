import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';

export type Part = { number: number; body: Blob };

/** Where parts of a recording wait that a reload would take from the page. */
export type PartShelf = {
  /** Keeps a part until it is dropped. */
  keep: (part: Part) => Promise<void>;
  drop: (number: number) => Promise<void>;
  /** What an earlier page left of this interview, in order. What is left of others is thrown away. */
  left: () => Promise<Part[]>;
};

let opened: UseStore | null = null;

function store(): UseStore {
  opened ??= createStore('interaura-recordings', 'parts');
  return opened;
}

/** The shelf of one interview in this browser. Where the browser keeps nothing, nothing waits. */
export function shelfOf(interviewId: string): PartShelf {
  const prefix = `${interviewId}/`;
  const keyOf = (number: number) => `${prefix}${number}`;
  return {
    keep: ({ number, body }) => quietly(() => set(keyOf(number), body, store()), undefined),
    drop: (number) => quietly(() => del(keyOf(number), store()), undefined),
    left: () =>
      quietly(async () => {
        const parts: Part[] = [];
        for (const [key, body] of await entries<string, Blob>(store())) {
          if (key.startsWith(prefix))
            parts.push({ number: Number(key.slice(prefix.length)), body });
          else await del(key, store());
        }
        return parts.sort((one, other) => one.number - other.number);
      }, []),
  };
}

/** On signing out: nobody shall find what was recorded here. */
export function forgetParts(): Promise<void> {
  return quietly(() => clear(store()), undefined);
}

/** A browser without storage, or with a full one, records all the same: only a reload loses what waits. */
async function quietly<Value>(ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}
