/**
 * Writes one item at a time; of several that wait, only the latest. `done` resolves when nothing waits, and rejects with
 * the error of a failed write, which `failed` receives at once; after that nothing more is written.
 */
export function oneAtATime<T>(
  write: (item: T) => Promise<void>,
  failed: (error: unknown) => void = () => {},
): {
  write(item: T): void;
  done(): Promise<void>;
} {
  let waiting: { readonly item: T } | undefined;
  let writing: Promise<void> | undefined;
  let failure: unknown;
  const work = async (): Promise<void> => {
    while (waiting) {
      const { item } = waiting;
      waiting = undefined;
      await write(item);
    }
    writing = undefined;
  };
  return {
    write(item) {
      waiting = { item };
      writing ??= work().catch((error) => {
        failure = error;
        failed(error);
      });
    },
    async done() {
      await writing;
      if (failure) throw failure;
    },
  };
}
