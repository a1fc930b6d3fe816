export const removals = {} as const;
