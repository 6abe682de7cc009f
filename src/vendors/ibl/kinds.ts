/** The kinds of license, each with its collections. `kind-table.ts` says what differs. */
import { kindTable, type KindEntry, type SubjectEntry, type SubjectField } from './kind-table.ts';
import { kindCollections, type KindCollections, type License } from './records.ts';
import type { AssignmentView, GroupView } from './seats/views.ts';
import { subjectOf, type Subject } from './subjects.ts';

type Entry = KindEntry<keyof License, keyof AssignmentView, keyof GroupView, SubjectField>;

export type Kind = Omit<Entry, 'subject'> &
  KindCollections & { readonly title: string; readonly subject: Subject | undefined };

/** A kind whose seats can be assigned. */
export type SeatKind = Kind & Required<Pick<Kind, 'seats'>>;

const entries: readonly Entry[] = kindTable;

export const kinds: readonly Kind[] = entries.map(({ subject, ...entry }) => ({
  ...entry,
  ...kindCollections(entry.name, subject ? fieldsToFilter(subject) : []),
  title: entry.name.charAt(0).toUpperCase() + entry.name.slice(1),
  subject: subject && subjectOf(subject),
}));

function fieldsToFilter({ fields }: SubjectEntry): readonly SubjectField[] {
  const names = Object.keys(fields) as SubjectField[];
  return names.filter((name) => fields[name] !== 'name');
}

export const seatKinds: readonly SeatKind[] = kinds.filter(isSeatKind);

export function isSeatKind(kind: Kind): kind is SeatKind {
  return kind.seats !== undefined;
}

/** What licenses are for, beside a platform: each once, also if several kinds have it. */
export const subjects: readonly Subject[] = [
  ...new Map(kinds.flatMap(({ subject }) => (subject ? [[subject.list, subject]] : []))).values(),
];
