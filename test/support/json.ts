/** A body that a test knows the shape of; where it is wrong the test's expectations fail. */
export async function jsonOf<T = Record<string, unknown>>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}
