import { randomUUID } from 'node:crypto';
import { followUp, questions } from './library';
import { matchResult, roleTitle } from './resume';
import { type Verdict, verdictOn } from './verdict';
import type { Asked, Interview, Resume, User, World } from './world';

type Input = Record<string, string | number | undefined> & { commandId: string };
type Refusal = { code: string; message: string; field: string | null };

export const now = () => new Date().toISOString();
const text = (value: string | number | undefined) => String(value ?? '');
const refuse = (code: string, message: string, field: string | null = null) => ({
  refusal: { code, message, field } satisfies Refusal,
});

export function sendMail(world: World, user: User): void {
  const token = randomUUID();
  world.tokens.set(token, user.id);
  const link = `http://localhost/verify?token=${token}`;
  world.mail.unshift({
    id: randomUUID(),
    to: user.email,
    subject: 'Verify your email',
    sentAt: now(),
    text: `Hello ${user.name},\n\nopen this link to verify your email. It works for a day.`,
    link,
  });
}

export function register(world: World, input: Input): { refusal?: Refusal; user?: User } {
  const email = text(input.email).trim();
  if (text(input.name).trim() === '')
    return refuse('INVALID_INPUT', 'Tell us what to call you.', 'name');
  if (!email.includes('@'))
    return refuse('INVALID_INPUT', 'This is not an email address.', 'email');
  if (world.users.some((user) => user.email === email)) {
    return refuse('ADDRESS_TAKEN', 'This address has an account. Sign in instead.', 'email');
  }
  if (text(input.password).length < 10) {
    return refuse('WEAK_PASSWORD', 'This password is easy to guess. Make it longer.', 'password');
  }
  const user = {
    id: randomUUID(),
    name: text(input.name),
    email,
    password: text(input.password),
    verified: false,
    role: null,
    level: null,
  };
  world.users.push(user);
  sendMail(world, user);
  return { user };
}

export function addResume(
  world: World,
  owner: string,
  fileName: string,
  sizeBytes: number,
  role: string | null,
): Resume {
  const resume: Resume = {
    id: randomUUID(),
    owner,
    fileName,
    sizeBytes,
    stage: 'READING',
    uploadedAt: now(),
    rejection: null,
    matches: [],
  };
  world.resumes.push(resume);
  const title = roleTitle(role);
  world.later(() => {
    if (fileName.includes('scan')) {
      resume.stage = 'REJECTED';
      resume.rejection =
        'The file holds pictures of pages and no text. Export it from the program you wrote it in, and check that you can select words in it.';
      return;
    }
    resume.stage = 'READ';
    if (title) addMatch(world, resume, title, 'ROLE');
  });
  return resume;
}

export function addMatch(
  world: World,
  resume: Resume,
  targetTitle: string,
  targetKind: 'ROLE' | 'JOB_POST',
) {
  const match = {
    id: randomUUID(),
    targetTitle,
    targetKind,
    requestedAt: now(),
    result: null as unknown,
  };
  resume.matches.unshift(match);
  world.later(() => {
    match.result = matchResult();
  });
  return match;
}

export function configure(world: World, owner: string, input: Input): Interview {
  const interview: Interview = {
    id: randomUUID(),
    owner,
    role: text(input.role),
    mode: text(input.mode),
    difficulty: Number(input.difficulty),
    status: 'CONFIGURED',
    questions: Number(input.questions),
    resumeId: input.resumeId ? text(input.resumeId) : null,
    planningFailure: null,
    thinking: false,
    asked: [],
    createdAt: now(),
    updatedAt: now(),
  };
  world.interviews.push(interview);
  world.later(() => {
    interview.status = 'READY';
  });
  return interview;
}

export function ask(interview: Interview, isFollowUp = false): void {
  const last = interview.asked.at(-1);
  const number = isFollowUp ? (last?.number ?? 1) : (last?.number ?? 0) + 1;
  const question = isFollowUp ? followUp : questions[(number - 1) % questions.length];
  if (!question) return;
  interview.thinking = false;
  interview.asked.push({
    ...question,
    resumeQuote: interview.resumeId ? question.resumeQuote : null,
    id: randomUUID(),
    number,
    difficulty: interview.difficulty,
    askedAt: now(),
    pausedMs: 0,
    extendedSeconds: 0,
    draft: null,
    answer: null,
  });
}

export function draft(asked: Asked, input: Input) {
  const revision = Number(input.revision);
  if (asked.answer) return refuse('ALREADY_DONE', 'This question is answered.');
  if (asked.draft && asked.draft.revision >= revision) {
    return refuse('STALE', 'A newer draft was saved.');
  }
  asked.draft = { revision, text: text(input.text), savedAt: now() };
  return {};
}

export function submit(world: World, interview: Interview, asked: Asked, input: Input) {
  if (asked.answer) return refuse('ALREADY_DONE', 'This question is answered.');
  const given = text(input.text);
  if (given.length > 8_000) return refuse('TOO_LONG', 'At most 8,000 characters fit.', 'text');
  const answer = {
    id: randomUUID(),
    text: given,
    durationMs: Date.now() - new Date(asked.askedAt).getTime(),
    submittedAt: now(),
    evaluation: 'PENDING' as 'PENDING' | 'EVALUATED',
    verdict: null as Verdict | null,
  };
  asked.answer = answer;
  interview.updatedAt = now();
  world.later(() => {
    answer.verdict = verdictOn(given, asked.kind, asked.resumeQuote);
    answer.evaluation = 'EVALUATED';
  }, 4);
  const wantsFollowUp = asked.number === 1 && !asked.gap && !/\d/.test(given);
  const isLast = asked.number >= interview.questions && !wantsFollowUp;
  if (isLast) return {};
  interview.thinking = true;
  world.later(() => ask(interview, wantsFollowUp));
  return {};
}
