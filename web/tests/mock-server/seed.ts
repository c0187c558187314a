import { questions } from './library';
import { matchResult } from './resume';
import { verdictOn } from './verdict';
import type { Interview, World } from './world';

const demo = { email: 'zoe@example.com', password: 'paper boat orchestra' };

const day = 86_400_000;
const at = (daysAgo: number) => new Date(Date.now() - daysAgo * day).toISOString();

const answers = [
  'Two weeks before launch our payment queue stopped 🙈 and 3,000 orders waited. I was on call, so it was mine to decide. I rolled the release back within ten minutes and told support what to say. Afterwards no order was lost, and we added the check that would have caught it.',
  'First I looked at traces of the slowest one percent, because averages hid it. Most of the time was one query without an index, called in a loop. I batched it and added the index; p99 fell from 900 to 210 milliseconds.',
  'An index when the same rows are asked for in many ways and have to be fresh. A cache when the answer is costly, asked for often, and may be a minute old.',
];

/** A person with a history, so that every screen has something to show. */
export function seed(world: World): void {
  world.users.push({
    id: 'zoe',
    name: 'Zoë Martín',
    ...demo,
    verified: true,
    role: 'backend-engineer',
    level: 'SENIOR',
  });
  world.resumes.push(
    {
      id: 'resume-scan',
      owner: 'zoe',
      fileName: 'resume-scan.pdf',
      sizeBytes: 2_400_000,
      stage: 'REJECTED',
      uploadedAt: at(20),
      rejection:
        'The file holds pictures of pages and no text. Export it from the program you wrote it in, and check that you can select words in it.',
      matches: [],
    },
    {
      id: 'resume-1',
      owner: 'zoe',
      fileName: 'zoe-martin-resume-2026.pdf',
      sizeBytes: 184_000,
      stage: 'READ',
      uploadedAt: at(6),
      rejection: null,
      matches: [
        {
          id: 'm1',
          targetTitle: 'Backend engineer',
          targetKind: 'ROLE',
          requestedAt: at(6),
          result: matchResult(),
        },
        {
          id: 'm2',
          targetTitle: 'Platform engineer at Nordlys',
          targetKind: 'JOB_POST',
          requestedAt: at(5),
          result: { ...matchResult(), score: 58 },
        },
      ],
    },
  );
  for (let index = 0; index < 7; index++) world.interviews.push(past(index));
  world.interviews.push({
    ...past(7),
    id: 'open',
    status: 'IN_PROGRESS',
    asked: past(7)
      .asked.map((asked, place) =>
        place === 1 ? { ...asked, answer: null, askedAt: new Date().toISOString() } : asked,
      )
      .slice(0, 2),
    createdAt: at(0.1),
    updatedAt: at(0.02),
  });
}

function past(index: number): Interview {
  const id = `interview-${index + 1}`;
  return {
    id,
    owner: 'zoe',
    role: index === 2 ? 'data-engineer' : 'backend-engineer',
    mode: 'MIXED',
    difficulty: 3,
    status: index === 3 ? 'ABANDONED' : 'COMPLETED',
    questions: 3,
    resumeId: 'resume-1',
    planningFailure: null,
    thinking: false,
    asked: answers.map((answer, place) => {
      const question = questions[place] ?? questions[0];
      if (!question) throw new Error('The mock library has no questions');
      const text = answer.slice(
        0,
        Math.round(answer.length * (0.35 + 0.65 * Math.min(1, (index + (index % 3)) / 8))),
      );
      return {
        ...question,
        id: `${id}-q${place + 1}`,
        number: place + 1,
        difficulty: 3,
        askedAt: at(22 - index * 3),
        pausedMs: 0,
        extendedSeconds: 0,
        draft: null,
        answer: {
          id: `${id}-a${place + 1}`,
          text,
          durationMs: 96_000 + place * 30_000,
          submittedAt: at(22 - index * 3),
          evaluation: 'EVALUATED' as const,
          verdict: verdictOn(text, question.kind, question.resumeQuote),
        },
      };
    }),
    createdAt: at(22 - index * 3),
    updatedAt: at(22 - index * 3 - 0.01),
  };
}
