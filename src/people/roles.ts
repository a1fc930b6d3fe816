/** What a person may do; each role includes the ones before it. */
export const ROLES = ['reader', 'analyst', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string | undefined): text is Role => ROLES.includes(text as Role);

/** Whether `has` includes `needed`. */
export const includesRole = (has: Role, needed: Role): boolean => ROLES.indexOf(has) >= ROLES.indexOf(needed);
