/** One field for an address, and what may be done with a source. */
export const watching = {
  address: 'Paste an address, a feed or an account',
  capture: 'Capture it now',
  watch: 'Watch it',
  meta: 'Capturing can take a minute.',
  resume: 'Go on asking it',
  pause: 'Pause',
  remove: 'Ask it no more',
  kept: 'Nothing that is kept is deleted.',
} as const;
