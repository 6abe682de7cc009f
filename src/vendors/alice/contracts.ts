/** The classes of the answers, for XML. Some names and namespaces are inferred: ALICE-XML-CLASSES. */
import {
  createContract,
  createListContract,
  genericName,
  type DataContract,
  type DataMember,
  type DataType,
} from '../../frameworks/aspnet-web-api/xml/data-contract.ts';
import { contractNamespace } from '../../frameworks/aspnet-web-api/xml/namespaces.ts';
import { FILTER_TYPES, ORDER_TYPES } from './search-requests.ts';

const CORE = 'Alice.Dto.Core';
const DTOS = 'Alice.Dto.Dtos';
const RESPONSES = 'Alice.Dto.Responses';

type Members = Readonly<Record<string, DataType | 'text' | 'int' | 'boolean' | 'guids' | 'texts'>>;

function contract(name: string, namespace: string, members: Members): DataContract {
  return createContract({
    name,
    namespace,
    members: Object.entries(members).map(([member, type]) => toMember(member, type)),
  });
}

function toMember(name: string, type: Members[string]): DataMember {
  if (typeof type !== 'string') return { name, ...type };
  if (type === 'guids') return { name, kind: 'values', item: 'guid' };
  if (type === 'texts') return { name, kind: 'values', item: 'string' };
  return { name, kind: type };
}

const licenseDto = contract('LicenseDto', DTOS, {
  AccountId: 'text',
  Id: 'text',
  Name: 'text',
  AccessType: 'int',
  AccessTypeName: 'text',
  CategoryId: 'text',
  LicenseType: 'int',
  LicenseTypeName: 'text',
  CreatedAt: 'text',
  ModifiedAt: 'text',
  StartDate: 'text',
  EndDate: 'text',
  AvailableSeats: 'int',
  IsDeleted: 'boolean',
  IsPaused: 'boolean',
  CategoryName: 'text',
  Buffer: 'int',
  Grade: 'text',
  UserGroupName: 'text',
  UserGroupType: 'int',
  UserGroupTypeName: 'text',
  UserGroupIdentifier: 'text',
  UserIds: 'guids',
  ProductIsbns: 'texts',
  AllowableUserRoleIds: 'guids',
  AllowableUserRoleNames: 'texts',
  PrivilegedUserRoleIds: 'guids',
  UserGroupId: 'text',
  InstitutionsInMunicipality: 'guids',
  AgreementStartDate: 'text',
  AgreementEndDate: 'text',
  SeatUserGroupIds: 'guids',
  LicenseCategoryTypeId: 'int',
  LicenseCategoryTypeName: 'text',
});

const userGroup = contract('UserGroup', RESPONSES, {
  Id: 'text',
  Name: 'text',
  UserGroupType: 'int',
  InstitutionNumber: 'text',
  CommuneNumber: 'text',
  ZipCode: 'text',
  City: 'text',
  Email: 'text',
  HasWs17Agreement: 'boolean',
  LastSynchonized: 'text',
});

const owner = contract('Owner', RESPONSES, {
  Id: 'text',
  Name: 'text',
  Uvmid: 'text',
  UserGroupId: 'text',
  Type: 'int',
  TypeName: 'text',
});

const dictionary = contract('DictionaryItem', RESPONSES, { Id: 'text', Key: 'text' });

const product = contract('Product', RESPONSES, {
  ProductId: 'text',
  ProductName: 'text',
  Isbn: 'text',
  ProductKey: 'text',
  IsActive: 'boolean',
  Imprint: { kind: 'class', of: dictionary },
  ProductGroupDictionary: { kind: 'class', of: dictionary },
  Topic: { kind: 'class', of: dictionary },
});

const productGroup = contract('ProductGroup', RESPONSES, {
  Id: 'text',
  Name: 'text',
  ProductGroupType: 'int',
  Products: { kind: 'list', of: product },
});

const licenseResponse = contract('GetLicenseResponse', RESPONSES, {
  Id: 'text',
  LicenseName: 'text',
  ContactEmail: 'text',
  ContactPersonName: 'text',
  ContactPhone: 'text',
  UserGroup: { kind: 'class', of: userGroup },
  Owner: { kind: 'class', of: owner },
  ProductGroup: { kind: 'class', of: productGroup },
  LicenseType: 'int',
  AccessType: 'int',
  StartDate: 'text',
  EndDate: 'text',
  AvailableSeats: 'int',
  Buffer: 'int',
  Grade: 'text',
  LicenseCategoryId: 'text',
  AllowableUserRoles: 'guids',
  PrivilegedUserRoles: 'guids',
  SeatUserGroupIds: 'guids',
  IsPaused: 'boolean',
});

const userLicense = contract('GetLicensesForUserResponse', `${RESPONSES}.User`, {
  Id: 'text',
  ProductName: 'text',
  Isbn: 'text',
  StartDate: 'text',
  EndDate: 'text',
  Topic: 'text',
  TopicName: 'text',
  AccessType: 'int',
  AccessTypeName: 'text',
  LicenseType: 'int',
  LicenseTypeName: 'text',
  IsActive: 'boolean',
  SubscriptionNumber: 'text',
});

const filterValue = contract('FilterValue', CORE, {
  Value: 'text',
  FilterType: { kind: 'enum', names: FILTER_TYPES },
});

const core = (name: string) => ({ namespace: contractNamespace(CORE), name });
const text = { namespace: 'http://www.w3.org/2001/XMLSchema', name: 'string' };

/** The element name of an entry of `Dictionary<string, …>`. */
const entry = (type: string) => genericName('KeyValue', [text, core(type)]);

const apiResponse = (of: DataContract) => genericName('ApiResponse', [typeOf(of)]);

function typeOf({ name, namespace }: DataContract, isList = false) {
  return {
    name: isList ? `ArrayOf${name}` : name,
    namespace: contractNamespace(namespace),
  };
}

function collection(of: DataContract): DataContract {
  return contract(genericName('ApiCollectionResponse', [typeOf(of, true)]), CORE, {
    IsSuccess: 'boolean',
    Errors: 'texts',
    Data: { kind: 'list', of },
    Filters: { kind: 'map', item: entry('FilterValue'), of: filterValue },
    SortFields: { kind: 'map', item: entry('OrderType'), of: ORDER_TYPES },
    AvailablePageSizes: { kind: 'values', item: 'int' },
    PageSize: 'int',
    PageIndex: 'int',
    Total: 'int',
  });
}

export const licenseAnswer = contract(apiResponse(licenseResponse), CORE, {
  IsSuccess: 'boolean',
  Errors: 'texts',
  Data: { kind: 'class', of: licenseResponse },
});

export const indexAnswer = contract(apiResponse(licenseDto), CORE, {
  Data: { kind: 'class', of: licenseDto },
  Errors: 'texts',
});

export const searchAnswer = collection(licenseDto);
export const userSearchAnswer = collection(userLicense);

export const accessAnswer = contract('LicenseBaseResponse', RESPONSES, {
  IsValid: 'boolean',
  Message: 'text',
  InstitutionId: 'text',
  InstitutionName: 'text',
  LicenseType: 'int',
  AccessType: 'int',
  ClassName: 'text',
  GradeLevel: 'text',
  UserId: 'text',
  UserType: 'int',
});

const productLicense = contract('ProductLicenseDto', DTOS, {
  Id: 'text',
  LicenseTypeId: 'int',
  LicenseTypeName: 'text',
  StartDate: 'text',
  EndDate: 'text',
  AvailableSeats: 'int',
  TakenSeats: 'int',
  LicenseCategoryId: 'text',
  LicenseCategoryName: 'text',
  LicenseCategoryTypeId: 'int',
  LicenseCategoryTypeName: 'text',
  AgreementStartDate: 'text',
  AgreementEndDate: 'text',
});

export const productsAnswer = createListContract(
  contract('GetLicensedProductResponse', `${RESPONSES}.Product`, {
    Isbn: 'text',
    ProductAccessStartDate: 'text',
    ProductAccessEndDate: 'text',
    Licenses: { kind: 'list', of: productLicense },
  }),
);
