/** The frame around a published dossier; the dossier itself stays as it was made. */
export const published = {
  dossier: 'Dossier {id}',
  published: 'Dossier {id}, published {when} with As Posted.',
  read: 'Read the report',
  download:
    '<a>Download all of it</a> (ZIP, {n, plural, one {{n, number} byte} other {{n, number} bytes}}, SHA-256 {hash})',
  check: '<a>Check it yourself</a>: drop the ZIP on that page, or run {command}',
  parts: 'Parts',
  holds: 'What the bundle holds',
  file: 'file',
  bytes: 'bytes',
  withdrawn: 'Withdrawn',
  withdrawnOn: 'The dossier {id} was withdrawn on {when} by those who had published it.',
} as const;
