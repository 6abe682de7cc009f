/**
 * Keeps the number of open files below what systems allow: those not used for longest are closed first. More
 * are open only while more are busy.
 */
type Closable = {
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
      if (file === newest && files.size <= limit) return;
      newest = file;
      files.delete(file);
      files.add(file);
      for (const oldest of files) {
        if (files.size <= limit) return;
        if (oldest === file || oldest.isBusy()) continue;
        files.delete(oldest);
        oldest.close();
      }
    },
    forget: (file) => {
      files.delete(file);
      if (file === newest) newest = undefined;
    },
  };
}
