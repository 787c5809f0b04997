using System.Text;
using MedId.Core;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>What the vendor states of a model of authenticator: the part of a FIDO metadata statement that verification needs.</summary>
/// <remarks>Read from the numbers of version 2 and the short names of version 3. Trust in it is the integrator's: it comes from a trusted file or service.</remarks>
public sealed record UafMetadataStatement
{
    /// <summary><c>aaid</c>.</summary>
    public required Aaid Aaid { get; init; }

    /// <summary><c>description</c>; empty when absent.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary><c>authenticatorVersion</c>: the earliest version that this statement holds for.</summary>
    public required ushort AuthenticatorVersion { get; init; }

    /// <summary><c>assertionScheme</c>.</summary>
    public string AssertionScheme { get; init; } = MatchCriteria.Uafv1Tlv;

    /// <summary><c>authenticationAlgorithm(s)</c>.</summary>
    public required IReadOnlyList<FidoAlgorithm> AuthenticationAlgorithms { get; init; }

    /// <summary><c>publicKeyAlgAndEncoding(s)</c>.</summary>
    public required IReadOnlyList<FidoKeyFormat> PublicKeyFormats { get; init; }

    /// <summary><c>attestationTypes</c>.</summary>
    public required IReadOnlyList<UafAttestationType> AttestationTypes { get; init; }

    /// <summary><c>attestationRootCertificates</c>, DER: trust anchors or the attestation certificates themselves; empty for surrogate attestation.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> AttestationRootCertificates { get; init; } = [];

    /// <summary><c>userVerificationDetails</c>: alternatives; several methods of one alternative are used together and then carry
    /// <see cref="UserVerificationMethods.All"/>.</summary>
    public required IReadOnlyList<UserVerificationMethods> UserVerification { get; init; }

    /// <summary><c>keyProtection</c>.</summary>
    public required KeyProtections KeyProtection { get; init; }

    /// <summary><c>matcherProtection</c>.</summary>
    public required MatcherProtections MatcherProtection { get; init; }

    /// <summary><c>attachmentHint</c>.</summary>
    public AttachmentHints AttachmentHint { get; init; }

    /// <summary><c>tcDisplay</c>; 0 for none.</summary>
    public TransactionDisplays TransactionDisplay { get; init; }

    /// <summary><c>tcDisplayContentType</c>; null when absent.</summary>
    public string? TransactionContentType { get; init; }

    /// <summary><c>tcDisplayPNGCharacteristics</c>: the pictures that the display shows; empty where it shows none.</summary>
    public IReadOnlyList<PngCharacteristics> TransactionPictures { get; init; } = [];

    /// <summary><c>isKeyRestricted</c>: whether the keys sign nothing but UAF assertions. Default true.</summary>
    public bool IsKeyRestricted { get; init; } = true;

    /// <summary><c>isFreshUserVerificationRequired</c>: whether every use of a key verifies the user. Default true.</summary>
    public bool IsFreshUserVerificationRequired { get; init; } = true;

    /// <summary><c>isSecondFactorOnly</c> (version 2): the authenticator finds its keys only by KeyID. Default false.</summary>
    public bool IsSecondFactorOnly { get; init; }

    /// <summary>Whether KeyIDs of this model are key handles, longer than 32 bytes.</summary>
    public bool UsesKeyHandles => IsSecondFactorOnly || (KeyProtection & KeyProtections.RemoteHandle) != default;

    /// <summary>Reads a metadata statement, version 2 or 3.</summary>
    /// <param name="json">The JSON object, not its base64url form.</param>
    /// <returns>The statement, or <c>uaf.metadata_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<UafMetadataStatement> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a metadata statement, version 2 or 3.</summary>
    /// <param name="utf8">The JSON object, not its base64url form.</param>
    /// <returns>The statement, or <c>uaf.metadata_malformed</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<UafMetadataStatement> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (UafJson.TryParse(utf8) is null)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, UafSections.Metadata);
        }

        var statement = MetadataStatement.Parse(utf8);
        return statement.Succeeded ? UafMetadataAdapter.Adapt(statement.Value) : UafMetadataAdapter.Malformed(statement.Error.Detail ?? statement.Error.Code);
    }

    /// <summary>Takes what UAF needs out of a metadata statement.</summary>
    /// <param name="statement">The statement; it names an AAID.</param>
    /// <returns>The statement, or <c>uaf.metadata_malformed</c> for one that no UAF authenticator can have.</returns>
    public static MedIdResult<UafMetadataStatement> FromMetadata(MetadataStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return UafMetadataAdapter.Adapt(statement);
    }

    /// <summary>Takes what UAF needs out of a metadata entry. Its status reports are judged by <see cref="UafMetadataSet.FromEntries"/>.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The statement, or <c>uaf.metadata_malformed</c> where the entry has none that a UAF authenticator can have.</returns>
    public static MedIdResult<UafMetadataStatement> FromMetadata(MetadataEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Statement is { } statement && entry.Problem is null ? UafMetadataAdapter.Adapt(statement) : UafMetadataAdapter.Malformed("the entry has no statement");
    }

    /// <summary>Whether the model's user verification meets what a policy asks for: equal, or one bit in common where neither side asks for all.</summary>
    internal bool Verifies(UserVerificationMethods asked)
    {
        foreach (var offered in UserVerification)
        {
            if (offered == asked || (((offered | asked) & UserVerificationMethods.All) == default && (offered & asked) != default))
            {
                return true;
            }
        }

        return false;
    }
}
