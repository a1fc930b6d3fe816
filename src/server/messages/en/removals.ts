/** What was taken down, and how long it had stood. */
export const removals = {
  title: 'Removals',
  none: 'No removal was confirmed. That is a result: being blocked, down or unreachable never counts as one.',
  summary:
    '{n, plural, one {# removal confirmed; it had stood for {time} at most when it was missed.} other {# removals confirmed; half of them had stood for {time} at most when they were missed.}}',
  summaryMany:
    'More than {n, number} removals confirmed; half of the newest {n, number} had stood for {time} at most when they were missed.',
  caption: 'Newest first; the picture says the same',
  notice: 'notice',
  postedBy: 'posted by',
  removed: 'removed',
  posted: 'posted',
  lastSeen: 'last seen',
  firstMissing: 'first missing',
  stoodFor: 'stood for',
  copies: 'copies',
  byPublisher: 'by its publisher',
  byPlatform: 'by the platform',
  afterComplaint: 'after a complaint',
  withAccount: 'with its account',
  byUnknown: 'by whom is not known',
  inWords: '{how}: {words}',
  ofFirstSeen: '{when} (first seen)',
  standing: '{n, plural, =0 {none known} one {# stands} other {# stand}}',

  // How long.
  minutes: '{n, number} min',
  hours: '{n, number, ::.0} h',
  days: '{n, number, ::.0} days',
  between: 'between {least} and {most}',
  tickHours: '{n, number} h',
  tickDays: '{n, plural, one {# day} other {# days}}',
  tickWeek: '1 week',
  tickYear: '1 year',
  markOf: '{notice}: {time}',
  markStood: '{notice}: stood for {time}',
  picture: 'How long removed notices had stood',
  legend:
    'From the date on the page to the first look that missed it; the line begins at the last look that found it. The scale is logarithmic.',
  firstOf: 'The first {n, number} of the table.',
  newer: 'Newest removals',
  older: 'Older removals',
} as const;
