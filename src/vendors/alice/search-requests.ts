/** The classes to which the two searches bind a request. They inherit the paging members: ALICE-XML-CLASSES. */
import { createModel, type Field } from '../../frameworks/aspnet-web-api/model.ts';
import type { Exception } from '../../frameworks/aspnet-web-api/facts.ts';

const CORE = 'Alice.Dto.Core';

/** Names in the order of their numbers. Only the first name is known: ALICE-SEARCH-ENUMS. */
export const FILTER_TYPES = ['None'];
export const ORDER_TYPES = ['None', 'Ascending', 'Descending'];

/** The keys of `Filters`. The class also has a constant `Filter…` for each of them: ALICE-SEARCH-KEYS. */
export const FILTER_KEYS = [
  'TargetIdentifier',
  'InstitutionTypeId',
  'InstitutionTypeName',
  'Isbn',
  'ProductName',
  'StartDate',
  'EndDate',
  'TargetName',
  'LicenseType',
  'LicenseTypeId',
  'OwnerId',
  'OwnerName',
  'MunicipalityName',
  'MunicipalityNumber',
  'SubscriptionNumber',
  'AccessType',
  'AccessTypeId',
  'ImprintId',
  'ImprintName',
  'ProductGroupDictionaryId',
  'ProductGroupDictionaryName',
  'TopicId',
  'TopicName',
  'ProductTargetDictionaryId',
  'ProductTargetDictionary',
  'LicenseCategory',
  'LicenseCategoryId',
  'OwnerTypeId',
  'OwnerType',
  'Paused',
] as const;

export const SORT_KEYS = [
  'OwnerName',
  'ProductName',
  'Isbn',
  'StartDate',
  'EndDate',
  'MunicipalityName',
  'SubscriptionNumber',
  'TopicName',
  'AccessType',
  'LicenseType',
  'TargetIdentifier',
  'TargetName',
] as const;

/** The exception of an action that uses its request without checking it for null. */
export const nullRequest: Exception = {
  type: 'System.NullReferenceException',
  message: 'Object reference not set to an instance of an object.',
};

const text = (name: string): Field => ({ name, type: 'text', isList: false, isNullable: true });
const constants = (name: string): Field => ({ name, type: 'text', isList: true, isNullable: true });
const int = (name: string): Field => ({
  name,
  type: 'int',
  isList: false,
  isNullable: false,
  declaredIn: CORE,
});
const enumeration = (name: string, names: readonly string[]): Field => ({
  name,
  type: 'enum',
  isList: false,
  isNullable: false,
  names,
});
const inherited = { isNullable: true, declaredIn: CORE } as const;

const filterValue = createModel({
  name: 'FilterValue',
  namespace: CORE,
  fields: [text('Value'), enumeration('FilterType', FILTER_TYPES)],
});

export const searchRequest = createModel({
  name: 'GetLicensesRequest',
  namespace: 'Alice.Dto.Requests',
  fields: [
    ...FILTER_KEYS.map((key) => text(`Filter${key}`)),
    ...SORT_KEYS.map((key) => text(`Sort${key}`)),
    { name: 'Filters', type: 'class', isList: false, isMap: true, of: filterValue, ...inherited },
    {
      name: 'SortFields',
      type: 'enum',
      isList: false,
      isMap: true,
      names: ORDER_TYPES,
      ...inherited,
    },
    { name: 'AvailablePageSizes', type: 'int', isList: true, ...inherited },
    int('PageSize'),
    int('PageIndex'),
  ],
});

const filter = createModel({
  name: 'Filter',
  namespace: CORE,
  fields: [
    text('Key'),
    { name: 'Value', type: 'value', isList: false, isNullable: true },
    enumeration('Type', FILTER_TYPES),
  ],
});

const sort = createModel({
  name: 'Sort',
  namespace: CORE,
  fields: [text('Key'), enumeration('Order', ORDER_TYPES)],
});

export const userSearchRequest = createModel({
  name: 'GetLicensesForUserRequest',
  namespace: 'Alice.Dto.Requests.User',
  fields: [
    constants('KnownSearchFields'),
    constants('KnownSortFields'),
    int('PageSize'),
    int('PageIndex'),
    { name: 'SearchBy', type: 'class', isList: true, of: filter, ...inherited },
    { name: 'SortBy', type: 'class', isList: true, of: sort, ...inherited },
  ],
});
