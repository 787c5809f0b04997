using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>How defects of a signed statement become this package's codes: the form, the trust, the addressee, the time, what is missing.</summary>
internal sealed record StatementErrors(string Section, string Malformed, string Untrusted, string Foreign, string Expired, string Incomplete)
{
    public MedIdError Map(MedIdError error) => error.Code switch
    {
        CryptographyErrorCodes.JoseExpired or CryptographyErrorCodes.JoseNotYetValid or CryptographyErrorCodes.JoseIssuedInFuture or CryptographyErrorCodes.JoseLifetimeTooLong =>
            Refuse(Expired, ErrorCategory.State, error.Code),
        CryptographyErrorCodes.JoseAudienceMismatch or CryptographyErrorCodes.JoseSubjectMismatch =>
            Refuse(Foreign, ErrorCategory.Untrusted, error.Code),
        // The refusal that asks for newer keys keeps its own code until they were tried.
        CryptographyErrorCodes.JoseKeyNotFound => error,
        CryptographyErrorCodes.JoseSignatureInvalid or CryptographyErrorCodes.JoseAlgorithmNotAllowed or CryptographyErrorCodes.JoseIssuerMismatch or CryptographyErrorCodes.JoseTypeNotAccepted =>
            Refuse(Untrusted, ErrorCategory.Untrusted, error.Code),
        CryptographyErrorCodes.JoseClaimMissing =>
            Refuse(Incomplete, ErrorCategory.Malformed, error.Detail ?? error.Code),
        _ => Refuse(Malformed, ErrorCategory.Malformed, error.Code),
    };

    public MedIdError Refuse(string code, ErrorCategory category, string detail) => new(code, category, Section, detail);

    public static string Digest(string statement) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(statement)));
}
