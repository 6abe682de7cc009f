// What an integrator's client does with Alice's XML: the framework's own DataContractSerializer writes requests and
// reads answers. The classes are those of the vendor's help page, with the names of members and namespaces.
//
// Each line of input is a task: `write ENCODING BASE64` (JSON of a license) or `read BASE64` (XML of an answer). Each
// line of output is the result in base64: XML in that encoding, or JSON.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Requests")]
public class LicenseRequest {
  [DataMember] public string Name { get; set; }
  [DataMember] public Guid OwnerId { get; set; }
  [DataMember] public Guid TargetUserGroupId { get; set; }
  [DataMember] public int LicenseType { get; set; }
  [DataMember] public int AccessType { get; set; }
  [DataMember] public DateTime? StartDate { get; set; }
  [DataMember] public DateTime? EndDate { get; set; }
  [DataMember] public int AvailableSeats { get; set; }
  [DataMember] public int? Buffer { get; set; }
  [DataMember] public string ContactPersonName { get; set; }
  [DataMember] public string ContactPhone { get; set; }
  [DataMember] public string ContactEmail { get; set; }
  [DataMember] public string CommentText { get; set; }
  [DataMember] public string Grade { get; set; }
  [DataMember] public Guid? LicenseCategoryId { get; set; }
  [DataMember] public List<string> Isbns { get; set; }
  [DataMember] public List<Guid> AllowableUserRoles { get; set; }
  [DataMember] public List<Guid> PrivilegedUserRoles { get; set; }
  [DataMember] public List<Guid> SeatUserGroupIds { get; set; }
}

[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Responses")]
public class UserGroup {
  [DataMember] public Guid Id { get; set; }
  [DataMember] public string Name { get; set; }
  [DataMember] public string InstitutionNumber { get; set; }
  [DataMember] public bool HasWs17Agreement { get; set; }
  [DataMember] public DateTime? LastSynchonized { get; set; }
}

[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Responses")]
public class Product {
  [DataMember] public string Isbn { get; set; }
  [DataMember] public bool IsActive { get; set; }
  [DataMember] public string ProductName { get; set; }
}

[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Responses")]
public class ProductGroup {
  [DataMember] public string Name { get; set; }
  [DataMember] public List<Product> Products { get; set; }
}

[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Responses")]
public class GetLicenseResponse {
  [DataMember] public Guid Id { get; set; }
  [DataMember] public string LicenseName { get; set; }
  [DataMember] public string ContactEmail { get; set; }
  [DataMember] public string ContactPersonName { get; set; }
  [DataMember] public string ContactPhone { get; set; }
  [DataMember] public UserGroup UserGroup { get; set; }
  [DataMember] public ProductGroup ProductGroup { get; set; }
  [DataMember] public int LicenseType { get; set; }
  [DataMember] public int AccessType { get; set; }
  [DataMember] public DateTime? StartDate { get; set; }
  [DataMember] public DateTime? EndDate { get; set; }
  [DataMember] public int AvailableSeats { get; set; }
  [DataMember] public int? Buffer { get; set; }
  [DataMember] public string Grade { get; set; }
  [DataMember] public Guid LicenseCategoryId { get; set; }
  [DataMember] public List<Guid> AllowableUserRoles { get; set; }
  [DataMember] public List<Guid> PrivilegedUserRoles { get; set; }
  [DataMember] public List<Guid> SeatUserGroupIds { get; set; }
  [DataMember] public bool IsPaused { get; set; }
}

// The serializer itself makes the name ApiResponseOfGetLicenseResponse and its digest.
[DataContract(Namespace = "http://schemas.datacontract.org/2004/07/Alice.Dto.Core")]
public class ApiResponse<T> {
  [DataMember] public bool IsSuccess { get; set; }
  [DataMember] public List<string> Errors { get; set; }
  [DataMember] public T Data { get; set; }
}

public static class Client {
  static readonly DataContractJsonSerializerSettings Iso =
    new DataContractJsonSerializerSettings { DateTimeFormat = new DateTimeFormat("yyyy-MM-ddTHH:mm:ss.FFFFFFFK") };

  public static void Main() {
    Console.WriteLine("ready");
    for (string line; (line = Console.In.ReadLine()) != null; ) {
      var words = line.Split(' ');
      byte[] result;
      try {
        result = words[0] == "write"
          ? Write(Convert.FromBase64String(words[2]), Encoding.GetEncoding(words[1]))
          : Read(Convert.FromBase64String(words[1]));
      } catch (Exception error) {
        result = Encoding.UTF8.GetBytes("failed: " + error);
      }
      Console.WriteLine(Convert.ToBase64String(result));
    }
  }

  static byte[] Write(byte[] json, Encoding encoding) {
    var license = new DataContractJsonSerializer(typeof(LicenseRequest), Iso).ReadObject(new MemoryStream(json));
    var stream = new MemoryStream();
    using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = encoding })) {
      new DataContractSerializer(typeof(LicenseRequest)).WriteObject(writer, license);
    }
    return stream.ToArray();
  }

  static byte[] Read(byte[] xml) {
    var type = typeof(ApiResponse<GetLicenseResponse>);
    var answer = new DataContractSerializer(type).ReadObject(XmlReader.Create(new MemoryStream(xml)), true);
    var stream = new MemoryStream();
    new DataContractJsonSerializer(type, Iso).WriteObject(stream, answer);
    return stream.ToArray();
  }
}
