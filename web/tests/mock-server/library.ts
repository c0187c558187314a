/** Made-up roles, questions and texts for the mock server. */
export const roles = [
  role(
    'backend-engineer',
    'Backend engineer',
    'Engineering',
    'Builds the services behind a product and keeps them fast and correct.',
    ['Rust', 'PostgreSQL', 'HTTP APIs', 'Testing', 'Observability'],
    ['Kubernetes', 'Kafka', 'GraphQL'],
  ),
  role(
    'frontend-engineer',
    'Frontend engineer',
    'Engineering',
    'Builds what people see and touch, for every screen and every reader.',
    ['TypeScript', 'React', 'Accessibility', 'CSS'],
    ['GraphQL', 'Playwright'],
  ),
  role(
    'data-engineer',
    'Data engineer',
    'Engineering',
    'Moves data from where it is made to where it is needed.',
    ['SQL', 'Python', 'Data modelling', 'Airflow'],
    ['Spark', 'dbt'],
  ),
  role(
    'data-analyst',
    'Data analyst',
    'Data',
    'Answers questions with figures, and says how sure they are.',
    ['SQL', 'Statistics', 'Dashboards'],
    ['Python', 'Experiment design'],
  ),
  role(
    'machine-learning-engineer',
    'Machine learning engineer',
    'Data',
    'Trains models and makes them serve.',
    ['Python', 'PyTorch', 'Evaluation'],
    ['CUDA', 'MLOps'],
  ),
  role(
    'product-manager',
    'Product manager',
    'Product',
    'Finds out what is worth building and gets it built.',
    ['Discovery', 'Prioritisation', 'Writing'],
    ['SQL', 'Pricing'],
  ),
  role(
    'ux-designer',
    'UX designer',
    'Product',
    'Shapes how a product works and feels.',
    ['Research', 'Prototyping', 'Accessibility'],
    ['Motion', 'HTML'],
  ),
  role(
    'account-executive',
    'Account executive',
    'Sales',
    'Understands what a customer needs and agrees on it with them.',
    ['Discovery calls', 'Negotiation', 'Forecasting'],
    ['CRM systems'],
  ),
];

function role(
  slug: string,
  title: string,
  family: string,
  summary: string,
  must: string[],
  nice: string[],
) {
  const skills = [
    ...must.map((name) => ({ name, need: 'MUST', weight: 3 })),
    ...nice.map((name) => ({ name, need: 'NICE', weight: 1 })),
  ];
  return { slug, title, family, summary, skills, questionCount: 24 + title.length };
}

export type MockQuestion = {
  text: string;
  kind: 'BEHAVIOURAL' | 'TECHNICAL';
  topic: string;
  gap: string | null;
  resumeQuote: string | null;
};

export const questions: MockQuestion[] = [
  {
    text: 'Tell me about a time when something you shipped broke in production. What did you do first?',
    kind: 'BEHAVIOURAL',
    topic: 'Ownership',
    gap: null,
    resumeQuote: null,
  },
  {
    text: 'You cut p99 latency of a checkout service. How did you find out where the time went?',
    kind: 'TECHNICAL',
    topic: 'Performance',
    gap: null,
    resumeQuote: 'Cut p99 latency of the checkout service from 900 ms to 210 ms',
  },
  {
    text: 'When would you choose an index over a cache for a slow query, and when the other way round?',
    kind: 'TECHNICAL',
    topic: 'Databases',
    gap: null,
    resumeQuote: null,
  },
  {
    text: 'Describe a disagreement with a colleague about a technical decision. How did it end?',
    kind: 'BEHAVIOURAL',
    topic: 'Working together',
    gap: null,
    resumeQuote: null,
  },
  {
    text: 'How do you decide what to test in a service that nobody tested before?',
    kind: 'TECHNICAL',
    topic: 'Testing',
    gap: null,
    resumeQuote: null,
  },
];

export const followUp: MockQuestion = {
  text: 'What changed because of it? If you can, name a figure or what people said afterwards.',
  kind: 'BEHAVIOURAL',
  topic: 'Ownership',
  gap: 'the result of what you did',
  resumeQuote: null,
};

export const resumeText = `Zoë Martín 🚀
Backend engineer
Lisbon, Portugal · zoe.martin@example.com · +351 555 010 203 · example.com/zoe

Experience
Senior backend engineer, Fjord Payments, March 2021 – now
• Cut p99 latency of the checkout service from 900 ms to 210 ms
• Moved 14 services from Java to Rust with no downtime
• Responsible for the on-call handbook
Backend engineer, Harbour Maps, June 2017 – February 2021
• Designed the tile API (REST, Postgres 12) that serves 40 million requests a day
• Wrote contract tests that replaced a week of manual checks

Education
MSc Computer Science, University of Porto, 2017

Skills
Rust, Java, Postgres, Docker, Grafana, mentoring`;

/** The span of `quote` in `text`, in code points, as the server counts. */
export function spanOf(text: string, quote: string) {
  const before = text.slice(0, text.indexOf(quote));
  const start = Array.from(before).length;
  return { start, end: start + Array.from(quote).length };
}
