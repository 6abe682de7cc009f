/** The program that a new license is for. A platform has its own programs. */
import type { Problem } from '../../frameworks/framework.ts';
import type { World } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';
import { programRef, programs, type Platform, type Program } from './records.ts';
import { invalid, wrongField } from './sentences.ts';
import { unknownReference } from '../../frameworks/django-rest-framework/field-errors.ts';

/** One that the platform does not have is made where references are open. */
export async function findProgram(
  key: string,
  platform: Platform,
  world: World<IblConfig>,
): Promise<Program | Problem> {
  const found = await world.in(programs).get(programRef(platform.key, key));
  if (found) return found;
  world.note('IBL-REFERENCES');
  if (world.config.references === 'closed') {
    return invalid([wrongField('program_key', unknownReference('program_key', key))]);
  }
  world.warn({
    in: 'body',
    path: ['program_key'],
    keyword: 'reference',
    message: `program_key names no program that platform ${platform.key} has: ${key.slice(0, 100)}. The vendor refuses it; with open references the mock makes it.`,
  });
  return addProgram({ key, platform_key: platform.key }, world);
}

/** Identifier and name are the key where they are left out. */
export async function addProgram(
  known: Pick<Program, 'key' | 'platform_key'> & Partial<Program>,
  world: Pick<World<IblConfig>, 'in'>,
): Promise<Program> {
  const { key, platform_key, program_id = key, name = key } = known;
  const program = { ref: programRef(platform_key, key), key, program_id, name, platform_key };
  await world.in(programs).insert(program);
  return program;
}
