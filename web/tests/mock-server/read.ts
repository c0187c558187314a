import { resumeText, roles } from './library';
import { outline } from './resume';
import { criteria, titleOf } from './verdict';
import type { Interview, Resume, User, World } from './world';

const roleOf = (slug: string | null) => roles.find((role) => role.slug === slug) ?? null;
const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

export function viewer(user: User | undefined) {
  return user ? { ...user, role: roleOf(user.role) } : null;
}

const answersOf = (interview: Interview) =>
  interview.asked.flatMap((asked) => (asked.answer ? [{ asked, answer: asked.answer }] : []));

const verdictsOf = (interview: Interview) =>
  answersOf(interview).flatMap(({ answer }) => (answer.verdict ? [answer.verdict] : []));

const isPrepared = ({ status }: Interview) => status === 'CONFIGURED' || status === 'READY';
const isResumable = ({ status }: Interview) =>
  status === 'IN_PROGRESS' || status === 'PAUSED' || status === 'ABANDONED';
const isOver = ({ status }: Interview) => status === 'COMPLETED' || status === 'ABANDONED';

function isIssued(interview: Interview): boolean {
  const answers = answersOf(interview);
  return isOver(interview) && answers.length > 0 && verdictsOf(interview).length === answers.length;
}

const overallOf = (interview: Interview) =>
  mean(verdictsOf(interview).map(({ overall }) => overall));

const levelsOf = (interviews: Interview[]) =>
  criteria.map((criterion) => {
    const levels = interviews
      .flatMap(verdictsOf)
      .flatMap(({ ratings }) => ratings.filter((rating) => rating.criterion === criterion))
      .flatMap(({ level }) => (level === null ? [] : [level]));
    return { criterion, title: titleOf(criterion), level: mean(levels), answers: levels.length };
  });

export function summary(interview: Interview) {
  return {
    ...interview,
    role: roleOf(interview.role),
    answered: new Set(answersOf(interview).map(({ asked }) => asked.number)).size,
    score: isIssued(interview) ? overallOf(interview) : null,
  };
}

export function resumeSummary(resume: Resume) {
  const match = resume.matches[0];
  const result = match?.result as { score: number } | null | undefined;
  return { ...resume, score: result?.score ?? null, targetTitle: match?.targetTitle ?? null };
}

export function insights(resume: Resume) {
  if (resume.stage !== 'READ') return { ...resume, remarks: [], matches: [] };
  return {
    ...resume,
    text: resumeText,
    pages: 2,
    confidence: 0.94,
    agreement: 0.97,
    reader: 'two readers that agree',
    remarks: ['Both readers agree on 97% of the words.'],
    outline: outline(),
  };
}

export function dashboard(world: World, owner: string) {
  const mine = world.interviews
    .filter((interview) => interview.owner === owner)
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const scores = mine.filter(isIssued).flatMap((interview) => overallOf(interview) ?? []);
  const answers = mine.flatMap(answersOf);
  const latest = world.resumes.filter((resume) => resume.owner === owner).at(-1);
  return {
    interviewsCompleted: mine.filter(({ status }) => status === 'COMPLETED').length,
    answersGiven: answers.length,
    averageScore: mean(scores),
    averageInterval: null,
    bestInterval: null,
    bestScore: scores.length > 0 ? Math.max(...scores) : null,
    minutesPractised: Math.round(
      answers.reduce((sum, { answer }) => sum + answer.durationMs, 0) / 60_000,
    ),
    streakDays: answers.length > 0 ? 3 : 0,
    latestResume: latest ? resumeSummary(latest) : null,
    recent: mine
      .filter((it) => isResumable(it) || it.status === 'COMPLETED')
      .slice(0, 5)
      .map(summary),
    resumable: mine.filter(isResumable).map(summary),
    prepared: mine.filter(isPrepared).map(summary),
  };
}

export function room(interview: Interview) {
  return {
    ...interview,
    role: roleOf(interview.role),
    secondsPerQuestion: 180,
    reportReady: isIssued(interview),
    asked: interview.asked.map((asked) => ({
      ...asked,
      answer: asked.answer && { ...asked.answer, score: asked.answer.verdict?.overall ?? null },
    })),
  };
}

export function report(interview: Interview) {
  return {
    interviewId: interview.id,
    status: interview.status,
    role: roleOf(interview.role),
    mode: interview.mode,
    difficulty: interview.difficulty,
    startedAt: interview.createdAt,
    completedAt: interview.status === 'COMPLETED' ? interview.updatedAt : null,
    issued: isIssued(interview),
    overall: overallOf(interview),
    criteria: levelsOf([interview]),
    rubric: 'content-1',
    answers: answersOf(interview).map(({ asked, answer }) => ({
      ...asked,
      answerId: answer.id,
      questionId: asked.id,
      followUp: asked.gap !== null,
      question: asked.text,
      text: answer.text,
      judgedText: answer.text,
      judgedWith: null,
      counting: 'COUNTS',
      durationMs: answer.durationMs,
      wordCount: answer.text.split(/\s+/).filter(Boolean).length,
      evaluation: answer.evaluation,
      ratings: [],
      star: [],
      coverage: [],
      ...answer.verdict,
    })),
  };
}

export function trend(world: World, owner: string) {
  const issued = world.interviews
    .filter((interview) => interview.owner === owner && isIssued(interview))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return {
    points: issued.map((interview) => ({
      interviewId: interview.id,
      at: interview.createdAt,
      overall: overallOf(interview),
      roleTitle: roleOf(interview.role)?.title ?? '',
      criteria: levelsOf([interview]).filter(({ level }) => level !== null),
    })),
    criteria: levelsOf(issued),
  };
}
