import type { ExecutionResult } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { keepSubscribed } from './subscriptions';

type Sink = Parameters<Parameters<typeof keepSubscribed>[0]>[0];

function setUp() {
  const sinks: Sink[] = [];
  const stopped = vi.fn();
  const waits: number[] = [];
  const received: ExecutionResult[] = [];
  const stop = keepSubscribed(
    (sink) => {
      sinks.push(sink);
      return stopped;
    },
    (value) => received.push(value),
    async (tries) => {
      waits.push(tries);
    },
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { sinks, stopped, waits, received, stop, settle };
}

describe('keepSubscribed', () => {
  it('subscribes again after an end and after an error, waiting longer each time', async () => {
    const { sinks, waits, settle } = setUp();
    sinks[0]?.complete();
    await settle();
    sinks[1]?.error(new Error('overloaded'));
    await settle();
    expect(sinks).toHaveLength(3);
    expect(waits).toEqual([0, 1]);
  });

  it('counts from the start again once a row came', async () => {
    const { sinks, waits, received, settle } = setUp();
    sinks[0]?.complete();
    await settle();
    sinks[1]?.next({ data: { n: 1 } });
    sinks[1]?.complete();
    await settle();
    expect(received).toEqual([{ data: { n: 1 } }]);
    expect(waits).toEqual([0, 0]);
  });

  it('stays ended when it was stopped', async () => {
    const { sinks, stopped, stop, settle } = setUp();
    stop();
    expect(stopped).toHaveBeenCalledOnce();
    sinks[0]?.complete();
    await settle();
    expect(sinks).toHaveLength(1);
  });
});
