import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { roles } from './library';
import * as read from './read';
import { roleTitle } from './resume';
import type { Interview, World } from './world';
import * as write from './write';

export const schema = buildSchema(readFileSync('../schemas/graphql/schema.graphql', 'utf8'));

/** Who asks; `startSession` sets the cookie of the answer where there is one. */
export type Caller = { userId: string | null; startSession?: (userId: string | null) => void };

type Command = { input: Record<string, string | number | undefined> & { commandId: string } };
type ById = { id: string };

const unknownHere = { refusal: { code: 'NOT_FOUND', message: 'This is not here.', field: null } };
const signInFirst = { refusal: { code: 'NOT_SIGNED_IN', message: 'Sign in first.', field: null } };

/** Root values for graphql-js: one for queries and mutations of this caller. */
export function rootFor(world: World, caller: Caller) {
  const user = () => world.users.find(({ id }) => id === caller.userId);
  const owner = () => caller.userId ?? '';
  const interviewOf = (id: unknown) =>
    world.interviews.find((one) => one.id === id && one.owner === caller.userId);
  const resumeOf = (id: unknown) =>
    world.resumes.find((one) => one.id === id && one.owner === caller.userId);
  const connection = <Node extends { id: string }>(nodes: Node[]) => ({
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
  });
  /** Answers a repeated command id with its first answer. */
  const once = <Result extends object>({ input }: Command, run: () => Result) => {
    const known = world.answered.get(input.commandId);
    if (known) return known;
    const result = run();
    const answer = { ...result, position: 'refusal' in result ? null : world.changed() };
    world.answered.set(input.commandId, answer);
    return answer;
  };
  const onInterview = (command: Command, run: (interview: Interview) => object) =>
    once(command, () => {
      const interview = interviewOf(command.input.interviewId);
      if (!caller.userId) return signInFirst;
      if (!interview) return unknownHere;
      return { interviewId: interview.id, ...run(interview) };
    });
  const become = (status: Interview['status']) => (interview: Interview) => {
    interview.status = status;
    interview.updatedAt = write.now();
    return {};
  };

  return {
    viewer: () => read.viewer(user()),
    roles: () => roles,
    thirdParties: () => ({ languageModel: world.languageModel, speech: null }),
    dashboard: () => read.dashboard(world, owner()),
    resumes: () =>
      connection(
        world.resumes
          .filter((one) => one.owner === caller.userId)
          .map(read.resumeSummary)
          .reverse(),
      ),
    resume: ({ id }: ById) => {
      const resume = resumeOf(id);
      return resume ? read.insights(resume) : null;
    },
    interviews: () =>
      connection(world.interviews.filter((one) => one.owner === caller.userId).map(read.summary)),
    interviewRoom: ({ id }: ById) => {
      const interview = interviewOf(id);
      return interview ? read.room(interview) : null;
    },
    interviewReport: ({ id }: ById) => {
      const interview = interviewOf(id);
      return interview ? read.report(interview) : null;
    },
    analyticsTrend: () => read.trend(world, owner()),
    outbox: () => world.mail,

    register: (command: Command) =>
      once(command, () => {
        const { refusal, user: created } = write.register(world, command.input);
        if (!created) {
          const advice = refusal?.code === 'WEAK_PASSWORD' ? ['Add one or two more words.'] : [];
          return { refusal, passwordAdvice: advice };
        }
        caller.startSession?.(created.id);
        return { viewer: read.viewer(created), passwordAdvice: [] };
      }),
    verifyEmail: (command: Command) =>
      once(command, () => {
        const token = String(command.input.token);
        const found = world.users.find(({ id }) => id === world.tokens.get(token));
        if (!found) {
          return {
            refusal: {
              code: 'LINK_EXPIRED',
              message: 'This link is used up or too old. Send a new one.',
              field: 'token',
            },
          };
        }
        world.tokens.delete(token);
        found.verified = true;
        return { viewer: read.viewer(found) };
      }),
    resendVerification: (command: Command) =>
      once(command, () => {
        const me = user();
        if (!me) return signInFirst;
        write.sendMail(world, me);
        return { viewer: read.viewer(me) };
      }),
    signIn: (command: Command) =>
      once(command, () => {
        const { email, password } = command.input;
        const found = world.users.find((one) => one.email === email && one.password === password);
        if (!found) {
          return {
            refusal: {
              code: 'WRONG_CREDENTIALS',
              message: 'Email and password do not fit together.',
              field: null,
            },
          };
        }
        caller.startSession?.(found.id);
        return { viewer: read.viewer(found) };
      }),
    signOut: () => {
      caller.startSession?.(null);
      return { signedOut: true };
    },
    completeProfile: (command: Command) =>
      once(command, () => {
        const me = user();
        if (!me) return signInFirst;
        const { name, role, level } = command.input;
        Object.assign(me, { name, role, level });
        return { viewer: read.viewer(me) };
      }),
    matchResume: (command: Command) =>
      once(command, () => {
        const resume = resumeOf(command.input.resumeId);
        if (!resume) return unknownHere;
        const post = command.input.jobPost;
        if (post && String(post).length < 40) {
          return {
            refusal: {
              code: 'INVALID_INPUT',
              message: 'Paste the whole post; this is too short to compare.',
              field: 'jobPost',
            },
          };
        }
        const title = post
          ? (String(post).split('\n')[0] ?? '').slice(0, 60)
          : roleTitle(String(command.input.role));
        const match = write.addMatch(world, resume, title ?? 'A role', post ? 'JOB_POST' : 'ROLE');
        return { matchId: match.id };
      }),
    configureInterview: (command: Command) =>
      once(command, () => ({ interviewId: write.configure(world, owner(), command.input).id })),
    startInterview: (command: Command) =>
      onInterview(command, (interview) => {
        if (interview.asked.length === 0) write.ask(interview);
        return become('IN_PROGRESS')(interview);
      }),
    draftAnswer: (command: Command) =>
      onInterview(command, (interview) => {
        const asked = interview.asked.find(({ id }) => id === command.input.questionId);
        return asked ? write.draft(asked, command.input) : unknownHere;
      }),
    extendTime: (command: Command) =>
      onInterview(command, (interview) => {
        const asked = interview.asked.find(({ id }) => id === command.input.questionId);
        if (asked) asked.extendedSeconds += 120;
        return asked ? {} : unknownHere;
      }),
    submitAnswer: (command: Command) =>
      onInterview(command, (interview) => {
        const asked = interview.asked.find(({ id }) => id === command.input.questionId);
        return asked ? write.submit(world, interview, asked, command.input) : unknownHere;
      }),
    pauseInterview: (command: Command) => onInterview(command, become('PAUSED')),
    resumeInterview: (command: Command) => onInterview(command, become('IN_PROGRESS')),
    abandonInterview: (command: Command) => onInterview(command, become('ABANDONED')),
    discardInterview: (command: Command) => onInterview(command, become('DISCARDED')),
    completeInterview: (command: Command) => onInterview(command, become('COMPLETED')),
  };
}

type Root = ReturnType<typeof rootFor>;

/** Root values for subscriptions: the row now, and again after every change of the world. */
export function subscriptionRootFor(world: World, caller: Caller, signal: AbortSignal) {
  const root = rootFor(world, caller);
  const following = <Name extends keyof Root>(name: Name, get: () => unknown) =>
    async function* () {
      let sent = '';
      for await (const _ of world.follow(signal)) {
        const row = get();
        const written = JSON.stringify(row);
        if (row && written !== sent) yield { [name]: row };
        sent = written;
      }
    };
  return {
    viewer: () => following('viewer', root.viewer)(),
    dashboard: () => following('dashboard', root.dashboard)(),
    resume: (args: ById) => following('resume', () => root.resume(args))(),
    interviewRoom: (args: ById) => following('interviewRoom', () => root.interviewRoom(args))(),
    interviewReport: (args: ById) =>
      following('interviewReport', () => root.interviewReport(args))(),
    analyticsTrend: () => following('analyticsTrend', root.analyticsTrend)(),
  };
}

export const newSession = () => randomUUID();
