/** Keeps the number of open files below what systems allow: the one not used for longest is closed first. */
export type Closable = {
  /** True while it must stay open. */
  isBusy(): boolean;
  close(): void;
};

export type OpenFiles = {
  use(file: Closable): void;
  forget(file: Closable): void;
};

export function createOpenFiles(limit: number): OpenFiles {
  const files = new Set<Closable>();
  let newest: Closable | undefined;
  return {
    use: (file) => {
      if (file === newest) return;
      newest = file;
      files.delete(file);
      files.add(file);
      if (files.size <= limit) return;
      for (const oldest of files) {
        if (oldest === file || oldest.isBusy()) continue;
        files.delete(oldest);
        oldest.close();
        return;
      }
    },
    forget: (file) => {
      files.delete(file);
      if (file === newest) newest = undefined;
    },
  };
}
