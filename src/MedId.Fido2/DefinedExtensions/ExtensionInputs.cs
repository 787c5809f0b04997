using System.Text.Json;

namespace MedId.Fido2;

/// <summary>Inputs of extensions, of either ceremony (WebAuthn L3 §9, §10; CTAP 2.2 §12). What is null is left out.</summary>
public sealed record ExtensionInputs
{
    /// <summary><c>appid</c> (authentication): the AppID of U2F credentials.</summary>
    public string? AppId { get; init; }

    /// <summary><c>appidExclude</c> (registration): the AppID of U2F credentials.</summary>
    public string? AppIdExclude { get; init; }

    /// <summary><c>credProps</c> (registration): whether the client shall say if the credential is discoverable.</summary>
    public bool? CredProps { get; init; }

    /// <summary><c>prf</c>.</summary>
    public PrfInput? Prf { get; init; }

    /// <summary><c>largeBlob</c>.</summary>
    public LargeBlobInput? LargeBlob { get; init; }

    /// <summary><c>credentialProtectionPolicy</c> (registration): <c>userVerificationOptional</c>, <c>userVerificationOptionalWithCredentialIDList</c>, <c>userVerificationRequired</c>.</summary>
    public string? CredentialProtectionPolicy { get; init; }

    /// <summary><c>enforceCredentialProtectionPolicy</c> (registration).</summary>
    public bool? EnforceCredentialProtectionPolicy { get; init; }

    /// <summary><c>hmacCreateSecret</c> (registration).</summary>
    public bool? HmacCreateSecret { get; init; }

    /// <summary><c>minPinLength</c> (registration).</summary>
    public bool? MinPinLength { get; init; }

    /// <summary><c>credBlob</c> (registration): what to store.</summary>
    public ReadOnlyMemory<byte>? CredBlob { get; init; }

    /// <summary><c>getCredBlob</c> (authentication).</summary>
    public bool? GetCredBlob { get; init; }

    /// <summary>Inputs of extensions that this library does not know (<c>uvm</c> among them), kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>
    /// The identifiers under which clients and authenticators answer to these inputs, for <see cref="CeremonyExpectations.RequestedExtensions"/>:
    /// <c>credProtect</c> where a protection policy is set, <c>hmac-secret</c> with <c>prf</c>.
    /// </summary>
    public IReadOnlyList<string> ToIdentifiers()
    {
        var identifiers = new List<string>();
        void Add(bool isSet, params ReadOnlySpan<string> names)
        {
            if (isSet)
            {
                identifiers.AddRange(names);
            }
        }

        Add(AppId is not null, ExtensionNames.AppId);
        Add(AppIdExclude is not null, ExtensionNames.AppIdExclude);
        Add(CredProps == true, ExtensionNames.CredProps);
        Add(Prf is not null, ExtensionNames.Prf, ExtensionNames.HmacSecret);
        Add(LargeBlob is not null, ExtensionNames.LargeBlob);
        Add(CredentialProtectionPolicy is not null, ExtensionNames.CredProtect);
        Add(HmacCreateSecret == true && Prf is null, ExtensionNames.HmacSecret);
        Add(MinPinLength == true, ExtensionNames.MinPinLength);
        Add(CredBlob is not null || GetCredBlob == true, ExtensionNames.CredBlob);
        identifiers.AddRange(Other.Keys);
        return identifiers;
    }

    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(ExtensionInputs);
}
