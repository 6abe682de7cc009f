/** What the DataContractSerializer puts the vendor's classes into. */
export const REQUEST_NAMESPACE = 'http://schemas.datacontract.org/2004/07/Alice.Dto.Requests';
export const RESULT_NAMESPACE = 'http://schemas.datacontract.org/2004/07/FluentValidation.Results';
export const ARRAYS_NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const SERIALIZATION_NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/';
export const SCHEMA_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';
export const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
