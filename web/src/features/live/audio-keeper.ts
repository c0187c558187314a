export type Chunk = { sequence: number; capturedAt: number; samples: ArrayBuffer };

/** 60 seconds; what is older and still not committed is lost. */
const mostKept = 600;

/**
 * Keeps what was spoken until the server has committed it, so that a lost connection or a worker's end
 * loses no word. Chunks are numbered from 1 for one stream.
 */
export class AudioKeeper {
  private kept: Chunk[] = [];
  private last = 0;

  add(capturedAt: number, samples: ArrayBuffer): Chunk {
    this.last += 1;
    const chunk = { sequence: this.last, capturedAt, samples };
    this.kept.push(chunk);
    if (this.kept.length > mostKept) this.kept.shift();
    return chunk;
  }

  /** The number of the newest chunk; 0 before the first. */
  get newest(): number {
    return this.last;
  }

  /** Forgets what the server has committed. */
  committed(upTo: number): void {
    const from = this.kept.findIndex(({ sequence }) => sequence > upTo);
    this.kept = from === -1 ? [] : this.kept.slice(from);
  }

  /** What the server wants again, and what of it is no longer here. */
  since(wanted: number): { chunks: Chunk[]; lost: { first: number; last: number } | null } {
    // A server that knows more of this stream than we do counts on; so do we.
    if (wanted > this.last + 1) this.last = wanted - 1;
    const chunks = this.kept.filter(({ sequence }) => sequence >= wanted);
    const oldest = chunks[0]?.sequence ?? this.last + 1;
    return { chunks, lost: oldest > wanted ? { first: wanted, last: oldest - 1 } : null };
  }
}
