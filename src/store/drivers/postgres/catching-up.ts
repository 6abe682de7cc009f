/** Asks the database for news of sandboxes: one statement for all that wait, and few statements at a time. */
import type { Send } from '../../../database/database.ts';
import { catchUp, type Known, type News } from './statements.ts';

/** What wants news of its sandbox. */
export type Asker = {
  readonly name: string;
  known(): Known;
  /** `asked`: what was known when the question was sent. Undefined: there is no such sandbox. */
  hear(asked: Known, news: News | undefined): Promise<void>;
};

/** Resolves when the asker has heard all that was committed before the call. */
export type CatchingUp = (asker: Asker) => Promise<void>;

/** While these are on their way, further questions wait and are then sent together. */
const MAX_FLIGHTS = 2;

/** Questions that go together. */
type Flight = {
  readonly askers: Set<Asker>;
  /** When each has heard its answer. */
  readonly heard: PromiseWithResolvers<ReadonlyMap<Asker, Promise<void>>>;
};

export function createCatchingUp(send: Send): CatchingUp {
  let boarding: Flight | undefined;
  let flights = 0;

  const ask = async (askers: readonly Asker[]): Promise<ReadonlyMap<Asker, Promise<void>>> => {
    const asked = askers.map((asker) => ({ asker, name: asker.name, known: asker.known() }));
    const news = await catchUp(send, asked);
    return new Map(asked.map(({ asker, known }, index) => [asker, asker.hear(known, news[index])]));
  };

  const depart = (): void => {
    if (!boarding || flights >= MAX_FLIGHTS) return;
    const { askers, heard } = boarding;
    boarding = undefined;
    flights += 1;
    ask([...askers])
      .then(heard.resolve, heard.reject)
      .finally(() => {
        flights -= 1;
        depart();
      });
  };

  return async (asker) => {
    if (!boarding) {
      boarding = { askers: new Set(), heard: Promise.withResolvers() };
      // Requests that arrive in one round of the event loop go together.
      setImmediate(depart);
    }
    const flight = boarding;
    flight.askers.add(asker);
    await (await flight.heard.promise).get(asker);
  };
}
