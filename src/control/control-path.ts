/** Mount path of the control API. Every path of its spec starts with it. */
export const CONTROL_PATH = '/_mock';
