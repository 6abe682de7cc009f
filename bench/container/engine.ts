/** What builds and runs images. */
export type Engine = {
  readonly name: string;
  /** Builds the folder's Dockerfile; the sizes are those of the image and, of that, its base. */
  build(folder: string): { readonly bytes: number; readonly baseBytes: number };
  /** Starts the image with the folders as /data and /app/scenarios, a read-only root and these variables. */
  run(
    folders: Folders,
    environment: Readonly<Record<string, string>>,
    options?: RunOptions,
  ): Promise<Container>;
  /** Removes what was made. */
  cleanUp(): void;
};

export type Folders = { readonly data: string; readonly scenarios: string };

export type RunOptions = {
  /** The number of another user, in group 0. */
  readonly user?: number;
  /** Listens on another port than the image's own, by an argument. */
  readonly isOnOtherPort?: boolean;
  /** The log cannot be written: its volume is full. */
  readonly isLogFull?: boolean;
};

export type Container = {
  readonly url: string;
  /** All it printed. */
  log(): string;
  /** The number of the user it runs as. */
  user(): number;
  /** Whether its user can write this file. */
  canWrite(file: string): boolean;
  /** Runs the image's health check; gives its exit code. */
  checkHealth(): number | null;
  /** Sends SIGTERM; gives the exit code. */
  stop(): Promise<number>;
};
