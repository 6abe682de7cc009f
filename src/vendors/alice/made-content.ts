/**
 * Makes the data that other systems of the vendor have about an id: names, addresses, numbers. The same id always gets
 * the same data. ALICE-MADE-CONTENT.
 */
import { EMPTY_GUID } from '../../frameworks/aspnet-web-api/model.ts';
import type { LicenseValues } from './license-request.ts';

const PLACES = [
  ['Aarhus', '751', '8000'],
  ['Odense', '461', '5000'],
  ['Aalborg', '851', '9000'],
  ['Esbjerg', '561', '6700'],
  ['Randers', '730', '8900'],
  ['Kolding', '621', '6000'],
  ['Roskilde', '265', '4000'],
  ['Viborg', '791', '8800'],
] as const;
const SCHOOLS = ['Skovvang', 'Birke', 'Strand', 'Engdal', 'Lynge', 'Kirkebjerg', 'Vestre', 'Bakke'];
const FIRST_NAMES = ['Ida', 'Noah', 'Freja', 'Oscar', 'Alma', 'William', 'Sofie', 'Karl'];
const LAST_NAMES = ['Holm', 'Nygaard', 'Krogh', 'Lund', 'Friis', 'Dahl', 'Winther', 'Bech'];
const SUBJECTS = ['Biology', 'Danish', 'Geography', 'History', 'Mathematics', 'Physics', 'English'];
const SERIES = ['Fundamentals', 'Workbook', 'Reader', 'In Practice', 'Online', 'Revisited'];
const CATEGORIES = ['Subscription', 'Trial', 'Purchase', 'Campaign'];

export type MadeGroup = {
  readonly name: string;
  readonly institutionNumber: string;
  readonly communeNumber: string;
  readonly municipality: string;
  readonly zipCode: string;
  readonly email: string;
};

/** A school. */
export function madeGroup(id: string): MadeGroup {
  const number = numberOf(id);
  const [city, communeNumber, zipCode] = pick(PLACES, number);
  const school = pick(SCHOOLS, number >>> 3);
  return {
    name: `${school} School, ${city}`,
    institutionNumber: String(100_000 + (number % 900_000)),
    communeNumber,
    municipality: city,
    zipCode,
    email: `office@${school.toLowerCase()}-${city.toLowerCase()}.example`,
  };
}

function madeOwnerName(id: string): string {
  const number = numberOf(id);
  return `${pick(FIRST_NAMES, number)} ${pick(LAST_NAMES, number >>> 3)}`;
}

function madeCategoryName(id: string): string {
  return pick(CATEGORIES, numberOf(id));
}

export function madeRoleName(id: string): string {
  return pick(['Student', 'Teacher', 'Administrator', 'Librarian'], numberOf(id));
}

export function madeProductName(isbn: string): string {
  const number = numberOf(isbn);
  return `${pick(SUBJECTS, number)} ${pick(SERIES, number >>> 3)}`;
}

/** An id for something that belongs to another one, such as the product of an ISBN. */
export function madeId(kind: string, of: string): string {
  const words = [0, 1, 2, 3].map((part) =>
    (numberOf(`${part}${kind}${of}`) >>> 0).toString(16).padStart(8, '0'),
  );
  const hex = words.join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The vendor publishes no names of types. */
export function typeName(kind: 'License' | 'Access' | 'User group', number: number): string {
  return `${kind} type ${number}`;
}

/** Names by which searches find a license. */
export type LicenseNames = {
  readonly targetName: string;
  readonly municipalityName: string;
  readonly municipalityNumber: string;
  readonly ownerName: string | null;
  readonly categoryName: string | null;
  /** The names of all its titles. */
  readonly productName: string;
  /** All its ISBNs. */
  readonly isbns: string;
};

export function namesOf(values: LicenseValues): LicenseNames {
  const { TargetUserGroupId, OwnerId, LicenseCategoryId } = values;
  const group = madeGroup(String(TargetUserGroupId));
  const isbns = isbnsOf(values);
  return {
    targetName: group.name,
    municipalityName: group.municipality,
    municipalityNumber: group.communeNumber,
    ownerName: OwnerId === EMPTY_GUID ? null : madeOwnerName(String(OwnerId)),
    categoryName:
      typeof LicenseCategoryId === 'string' ? madeCategoryName(LicenseCategoryId) : null,
    productName: isbns.map(madeProductName).join(', '),
    isbns: isbns.join(', '),
  };
}

/** Without duplicates. */
export function isbnsOf({ Isbns }: Pick<LicenseValues, 'Isbns'>): readonly string[] {
  if (!Array.isArray(Isbns)) return [];
  return [...new Set(Isbns.filter((each) => typeof each === 'string' && each !== ''))] as string[];
}

/** The FNV-1a hash of the text. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}
