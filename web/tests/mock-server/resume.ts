import { resumeText, roles, spanOf } from './library';

const found = (
  term: string,
  need: string,
  kind: string,
  quote: string | null,
  points: number,
  possible: number,
) => ({
  term,
  need,
  weight: need === 'MUST' ? 3 : 1,
  found: kind,
  similarity: kind === 'MISSING' ? 0.21 : kind === 'RELATED' ? 0.68 : 1,
  quote,
  span: quote ? spanOf(resumeText, quote) : null,
  foundAs: kind === 'SYNONYM' ? 'Postgres' : null,
  points,
  pointsPossible: possible,
});

export const matchResult = () => ({
  score: 66.2,
  analyser: 'terms and embeddings, version 1',
  terms: [
    found('Rust', 'MUST', 'EXACT', 'Moved 14 services from Java to Rust with no downtime', 15, 15),
    found('PostgreSQL', 'MUST', 'SYNONYM', 'Designed the tile API (REST, Postgres 12)', 15, 15),
    found('HTTP APIs', 'MUST', 'SYNONYM', 'Designed the tile API (REST, Postgres 12)', 12, 15),
    found(
      'Testing',
      'MUST',
      'RELATED',
      'Wrote contract tests that replaced a week of manual checks',
      9,
      15,
    ),
    found('Observability', 'MUST', 'RELATED', 'Grafana', 6.5, 15),
    found('Kubernetes', 'NICE', 'MISSING', null, 0, 5),
    found('Kafka', 'NICE', 'MISSING', null, 0, 5),
    found('GraphQL', 'NICE', 'MISSING', null, 0, 5),
  ],
  checks: [
    {
      name: 'contact',
      title: 'Contact can be found',
      passed: true,
      message: 'Email, phone and place were all read.',
      points: 4,
      pointsPossible: 4,
    },
    {
      name: 'dates',
      title: 'Dates of every job',
      passed: true,
      message: 'Both positions have a start and an end.',
      points: 3,
      pointsPossible: 3,
    },
    {
      name: 'headings',
      title: 'Plain section headings',
      passed: true,
      message: 'Experience, Education and Skills are named as usual.',
      points: 2,
      pointsPossible: 2,
    },
    {
      name: 'bullets',
      title: 'Results with figures',
      passed: false,
      message: '3 of 5 points name a figure. Four would pass.',
      points: 1,
      pointsPossible: 3,
    },
  ],
  suggestions: [
    {
      advice: 'Say what came of it: “responsible for” names a duty, not what you did.',
      quote: 'Responsible for the on-call handbook',
      span: spanOf(resumeText, 'Responsible for the on-call handbook'),
      term: null,
      terms: [],
    },
    {
      advice: 'If this included dashboards or alerts, name them: the role asks for it.',
      quote: 'Grafana',
      span: spanOf(resumeText, 'Grafana'),
      term: 'Observability',
      terms: ['Observability'],
    },
    {
      advice:
        '“Kubernetes”, “Kafka” and “GraphQL” would each help, and nothing in your resume shows them.',
      quote: null,
      span: null,
      term: null,
      terms: ['Kubernetes', 'Kafka', 'GraphQL'],
    },
  ],
});

export const outline = () => ({
  name: 'Zoë Martín',
  emails: ['zoe.martin@example.com'],
  phones: ['+351 555 010 203'],
  links: ['example.com/zoe'],
  location: 'Lisbon, Portugal',
  yearsOfExperience: 8.6,
  sections: [{ kind: 'EXPERIENCE', heading: 'Experience', span: spanOf(resumeText, 'Experience') }],
  skills: ['Rust', 'Java', 'Postgres', 'Docker', 'Grafana', 'mentoring'].map((name) => ({
    name,
    mentions: name === 'Rust' || name === 'Postgres' ? 2 : 1,
    span: spanOf(resumeText, name),
  })),
  jobs: [
    job('Senior backend engineer', 'Fjord Payments', 'March 2021', null),
    job('Backend engineer', 'Harbour Maps', 'June 2017', 'February 2021'),
  ],
  education: [
    {
      institution: 'University of Porto',
      degree: 'MSc Computer Science',
      year: 2017,
      span: spanOf(resumeText, 'MSc Computer Science'),
    },
  ],
});

function job(title: string, employer: string, start: string, end: string | null) {
  return { title, employer, start, end, current: end === null, span: spanOf(resumeText, employer) };
}

export function roleTitle(slug: string | null): string | null {
  return roles.find((role) => role.slug === slug)?.title ?? null;
}
