import { EventEmitter, on } from 'node:events';
import type { MockQuestion } from './library';
import type { Verdict } from './verdict';

type Answer = {
  id: string;
  text: string;
  durationMs: number;
  submittedAt: string;
  evaluation: 'PENDING' | 'EVALUATED' | 'FAILED';
  verdict: Verdict | null;
};
export type Asked = MockQuestion & {
  id: string;
  number: number;
  difficulty: number;
  askedAt: string;
  pausedMs: number;
  extendedSeconds: number;
  draft: { revision: number; text: string; savedAt: string } | null;
  answer: Answer | null;
};
export type Interview = {
  id: string;
  owner: string;
  role: string;
  mode: string;
  difficulty: number;
  status:
    | 'CONFIGURED'
    | 'READY'
    | 'IN_PROGRESS'
    | 'PAUSED'
    | 'ABANDONED'
    | 'COMPLETED'
    | 'DISCARDED';
  questions: number;
  resumeId: string | null;
  planningFailure: string | null;
  thinking: boolean;
  asked: Asked[];
  createdAt: string;
  updatedAt: string;
};
type Match = {
  id: string;
  targetTitle: string;
  targetKind: 'ROLE' | 'JOB_POST';
  requestedAt: string;
  result: unknown;
};
export type Resume = {
  id: string;
  owner: string;
  fileName: string;
  sizeBytes: number;
  stage: 'READING' | 'READ' | 'REJECTED';
  uploadedAt: string;
  rejection: string | null;
  matches: Match[];
};
export type User = {
  id: string;
  name: string;
  email: string;
  password: string;
  verified: boolean;
  role: string | null;
  level: string | null;
};
export type Mail = {
  id: string;
  to: string;
  subject: string;
  sentAt: string;
  text: string;
  link: string;
};

/** All that the mock server knows. It lives in memory and is told apart by nothing but ids. */
export class World {
  users: User[] = [];
  sessions = new Map<string, string>();
  tokens = new Map<string, string>();
  mail: Mail[] = [];
  resumes: Resume[] = [];
  interviews: Interview[] = [];
  answered = new Map<string, unknown>();
  position = 100;
  /** How long the pretended work takes. */
  workMs = 700;
  /** The host whose language model judges, if one does. */
  languageModel: string | null = null;
  private readonly changes = new EventEmitter().setMaxListeners(1_000);

  changed(): string {
    this.position += 1;
    this.changes.emit('change');
    return String(this.position);
  }

  later(work: () => void, times = 1): void {
    setTimeout(() => {
      work();
      this.changed();
    }, this.workMs * times);
  }

  async *follow(signal: AbortSignal): AsyncGenerator<void> {
    yield;
    for await (const _ of on(this.changes, 'change', { signal })) yield;
  }
}
