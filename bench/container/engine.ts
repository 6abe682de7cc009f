/** What builds and runs images. */
export type Engine = {
  readonly name: string;
  /** Builds the folder's Dockerfile; the sizes are those of the image and, of that, its base. */
  build(folder: string): { readonly bytes: number; readonly baseBytes: number };
  /** Starts the image with the folder as /data, a read-only root and these variables. */
  run(data: string, environment: Readonly<Record<string, string>>): Promise<Container>;
  /** Removes what was made. */
  cleanUp(): void;
};

export type Container = {
  readonly url: string;
  /** All it printed. */
  log(): string;
  /** The number of the user it runs as. */
  user(): number;
  /** Whether its user can write this file. */
  canWrite(file: string): boolean;
  /** Sends SIGTERM; gives the exit code. */
  stop(): Promise<number>;
};
