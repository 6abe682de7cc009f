/** A body whose shape the test knows. If the shape is different, the test's expectations fail. */
export async function jsonOf<T = Record<string, unknown>>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}
