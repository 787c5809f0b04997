namespace MedId.House.Tests.Arrows;

/// <summary>What one package may know.</summary>
internal sealed record Floor(string Package, string[] Packages, string[] Outside)
{
    private const string Core = "MedId.Core";
    private const string Cryptography = "MedId.Cryptography";
    private const string OAuth = "MedId.OAuth";
    private const string OAuthServer = "MedId.OAuth.Server";
    private const string CibaServer = "MedId.Ciba.Server";
    private const string CibaClient = "MedId.Ciba.Client";
    private const string Uaf = "MedId.Fido.Uaf";
    private const string Metadata = "MedId.Fido.Metadata";
    private const string Fido2 = "MedId.Fido2";
    private const string Scopes = "MedId.Heart.Fhir.Scopes";
    private const string Provider = "MedId.Provider";
    private const string Pki = "MedId.Pki";
    private const string Signatures = "MedId.Signatures";
    private const string Jpki = "MedId.Jpki.Certificates";
    private const string Hpki = "MedId.Hpki";

    private const string Consent = "MedId.Consent";

    private static readonly string[] Nothing = [];
    private static readonly string[] AspNetCore = ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Net.Http.Headers"];

    /// <summary>The house, floor by floor. A package that is not here does not exist; an arrow that is not here points up or sideways.</summary>
    public static IReadOnlyList<Floor> House { get; } =
    [
        new(Core, [], Nothing),
        new(Cryptography, [Core], Nothing),
        new(Pki, [Core, Cryptography], Nothing),
        new(Signatures, [Core, Cryptography, Pki], Nothing),
        new(OAuth, [Core, Cryptography], Nothing),
        new(OAuthServer, [Core, Cryptography, Pki, OAuth], Nothing),
        new(CibaServer, [Core, Cryptography, Pki, OAuth, OAuthServer], Nothing),
        new(CibaClient, [Core, Cryptography, OAuth], Nothing),
        new(Metadata, [Core, Cryptography, Pki], Nothing),
        new(Fido2, [Core, Cryptography, Pki, Metadata], Nothing),
        new(Uaf, [Core, Cryptography, Pki, Metadata], Nothing),
        new(Scopes, [Core], Nothing),
        new(Consent, [Core, Cryptography, Pki, Signatures], Nothing),
        new(Jpki, [Core, Cryptography, Pki, Signatures], Nothing),
        new(Hpki, [Core, Cryptography, Pki, Signatures], Nothing),
        new(Provider, [Core, Cryptography, OAuth, OAuthServer, CibaServer, Uaf, Metadata, Fido2, Scopes, Pki, Signatures, Consent, Jpki, Hpki], Nothing),
        new("MedId.AspNetCore.Provider", [Core, Cryptography, OAuth, OAuthServer, CibaServer, Uaf, Metadata, Fido2, Scopes, Pki, Signatures, Consent, Jpki, Hpki, Provider], AspNetCore),
        new("MedId.AspNetCore.Identity", [Core, Cryptography, Pki, Metadata, Fido2], AspNetCore),
        new("MedId.AspNetCore.RelyingParty", [Core, Cryptography, OAuth, CibaClient], AspNetCore),
        new("MedId.AspNetCore.ResourceServer", [Core, Cryptography, OAuth, Scopes], AspNetCore),
        new("MedId.Push.Firebase", [Core, Cryptography, OAuth, Provider], Nothing),
        new("MedId.Storage.PostgreSql", [Core, Cryptography, OAuth, OAuthServer, CibaServer, Uaf, Metadata, Fido2, Pki, Signatures, Consent, Jpki, Provider], ["Npgsql", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"]),
        new("MedId.Storage.Sqlite", [Core, Cryptography, OAuth, OAuthServer, CibaServer, Uaf, Metadata, Fido2, Pki, Signatures, Consent, Jpki, Provider], ["Microsoft.Data.Sqlite", "SQLitePCLRaw."]),
        new("MedId.Testing", [Core, Cryptography, OAuth, OAuthServer, CibaServer, CibaClient, Uaf, Metadata, Fido2, Scopes, Consent, Provider, Pki, Signatures, Jpki, Hpki], [.. AspNetCore, "Microsoft.AspNetCore"]),
    ];

    /// <summary>Whether this package may reference an assembly or package of that name.</summary>
    public bool Allows(string reference)
    {
        if (reference.StartsWith("MedId.", StringComparison.Ordinal))
        {
            return Packages.Contains(reference, StringComparer.Ordinal);
        }

        return reference.StartsWith("System.", StringComparison.Ordinal)
            || reference is "System" or "netstandard" or "Microsoft.Win32.Primitives"
            || Outside.Any(outside => reference.StartsWith(outside, StringComparison.Ordinal));
    }
}
