namespace MedId.Fido2;

/// <summary>The members of a PublicKeyCredential's JSON that are read.</summary>
[Flags]
internal enum CredentialMembers
{
    None = 0,
    Id = 1,
    RawId = 1 << 1,
    Type = 1 << 2,
    Response = 1 << 3,
    Extensions = 1 << 4,
    Attachment = 1 << 5,
    ClientData = 1 << 6,
    AttestationObject = 1 << 7,
    AuthenticatorData = 1 << 8,
    Signature = 1 << 9,
    UserHandle = 1 << 10,
    Transports = 1 << 11,
}
