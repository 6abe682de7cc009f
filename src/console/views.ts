/** The views, in the order of the navigation. */
export const views = ['traffic', 'state', 'time', 'overrides', 'vendors', 'contracts'] as const;
