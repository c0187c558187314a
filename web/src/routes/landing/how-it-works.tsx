const steps = [
  {
    title: 'Bring your resume',
    text: 'See how it reads to a machine and which line answers what the role asks for. Or skip it.',
  },
  {
    title: 'Sit the interview',
    text: 'Choose the mode and how hard it is. A clock nudges you and never cuts you off; you can pause.',
  },
  {
    title: 'Read what came across',
    text: 'Ratings with the words they rest on, what a good answer covers, and a better one built from yours.',
  },
];

export function HowItWorks() {
  return (
    <section aria-labelledby="how" className="py-16 sm:py-24">
      <h2 id="how" className="text-3xl font-semibold sm:text-4xl">
        How it works
      </h2>
      <ol className="mt-8 grid gap-8 md:grid-cols-3">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="border-t-2 border-accent pt-5">
            <span aria-hidden className="font-display text-4xl font-semibold text-accent">
              {index + 1}
            </span>
            <h3 className="mt-2 text-xl font-semibold">{title}</h3>
            <p className="mt-2 text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <p className="mt-12 max-w-prose text-sm text-muted">
        What it is not: a promise of a job, or a judge of your character. It rates what an answer
        says, by a rubric you can read, and it makes mistakes. That is why every score shows its
        reasons.
      </p>
    </section>
  );
}
