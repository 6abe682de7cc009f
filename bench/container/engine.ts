/** What builds and runs images. */
export type Engine = {
  readonly name: string;
  /** Builds the folder's Dockerfile; the sizes are those of the image and, of that, its base. */
  build(folder: string): { readonly bytes: number; readonly baseBytes: number };
  /** Starts the image with the folders as /data and /mine/scenarios, a read-only root and these variables. */
  run(folders: Folders, environment: Readonly<Record<string, string>>): Promise<Container>;
  /** Removes what was made. */
  cleanUp(): void;
};

export type Folders = { readonly data: string; readonly scenarios: string };

export type Container = {
  readonly url: string;
  /** All it printed. */
  log(): string;
  /** The number of the user it runs as. */
  user(): number;
  /** Whether its user can write this file. */
  canWrite(file: string): boolean;
  /** Runs the image's health check, with other variables beside the image's own; gives its exit code. */
  checkHealth(environment: Readonly<Record<string, string>>): number | null;
  /** Sends SIGTERM; gives the exit code. */
  stop(): Promise<number>;
};
