/** XML namespaces that the DataContractSerializer uses. */
export const ARRAYS_NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const SERIALIZATION_NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/';
export const SCHEMA_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';
export const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The XML namespace for a .NET namespace such as `Alice.Dto.Requests`. */
export function contractNamespace(namespace: string): string {
  return `http://schemas.datacontract.org/2004/07/${namespace}`;
}
