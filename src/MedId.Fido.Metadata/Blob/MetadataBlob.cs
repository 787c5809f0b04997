using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>The metadata of all models, signed for the FIDO Alliance: a verified MDS3 BLOB. Made by <see cref="Verify"/> only. FIDO MDS 3.0 §3.1.5 to §3.2.</summary>
public sealed class MetadataBlob : IMetadataSource
{
    /// <summary>The longest BLOB that is read, in characters of the JWS: 64 MiB.</summary>
    public const int MaxLength = MetadataLimits.BlobBytes;

    private readonly MetadataIndex _index;

    private MetadataBlob(BlobPayload payload)
    {
        _index = new(payload.Entries);
        (Number, NextUpdate, LegalHeader, PayloadSha256) = (payload.Number, payload.NextUpdate, payload.LegalHeader, payload.Sha256);
        (Entries, Unreadable) = (payload.Entries, payload.Unnamed);
    }

    /// <summary><c>no</c>: grows with every BLOB.</summary>
    public long Number { get; }

    /// <summary><c>nextUpdate</c>: the day on which the next one is there.</summary>
    public DateOnly NextUpdate { get; }

    /// <summary><c>legalHeader</c>; null when absent.</summary>
    public string? LegalHeader { get; }

    /// <summary>SHA-256 of the payload, lower hex.</summary>
    public string PayloadSha256 { get; }

    /// <summary>The models, in the order of the BLOB; those with a <see cref="MetadataEntry.Problem"/> too.</summary>
    public IReadOnlyList<MetadataEntry> Entries { get; }

    /// <summary>Entries of which not even the model could be read. A model named nowhere else is unknown, and no fact is known of it.</summary>
    public IReadOnlyList<MedIdError> Unreadable { get; }

    /// <summary>Verifies a BLOB by the rules of FIDO MDS 3.0 §3.2. Pure: nothing is fetched.</summary>
    /// <param name="jws">The compact JWS; white space around it, as files have it, is not part of it.</param>
    /// <param name="rules">What it is judged by.</param>
    /// <returns>The BLOB, also when it is stale within the rules; or why not.</returns>
    public static MetadataBlobDecision Verify(string jws, MetadataBlobRules rules)
    {
        ArgumentNullException.ThrowIfNull(jws);
        ArgumentNullException.ThrowIfNull(rules);

        // §3.2 step 1, getting it, is the caller's: MetadataService. The form of the JWS (RFC 7515 §5.2 steps 1 to 7):
        var parsed = CompactJws.Parse(jws.Trim(), MaxLength);
        if (!parsed.Succeeded)
        {
            return Refuse(MetadataErrorCodes.BlobMalformed, ErrorCategory.Malformed, MetadataSections.Jws, parsed.Error.Code);
        }

        // Steps 2 and 3: the signer's certificates.
        var certificates = SignerCertificates.Find(parsed.Value.Header, rules);
        if (!certificates.Succeeded)
        {
            return Refuse(certificates.Error, isOpen: certificates.Error.Code == MetadataErrorCodes.CertificateAddressUnread);
        }

        // Step 4: the path to a root that counts today, revocation included, and the name of the service.
        var signer = SignerPath.Validate(certificates.Value, rules);
        if (signer.Error is not null)
        {
            return signer;
        }

        // Step 5: the signature, by an algorithm that fits the key.
        if (VerifySignature(parsed.Value, certificates.Value[0], rules) is { } unsigned)
        {
            return Refuse(unsigned) with { Signer = signer.Signer };
        }

        // Step 6: the content, its number against the one in use.
        var payload = BlobPayload.Parse(parsed.Value.Payload);
        if (!payload.Succeeded)
        {
            return Refuse(payload.Error) with { Signer = signer.Signer };
        }

        if (rules.Current is { } current && IsRollback(payload.Value, current))
        {
            return Refuse(MetadataErrorCodes.Rollback, ErrorCategory.State, MetadataSections.Processing, "the number is below the one in use, or the same with other content")
                with
            { Signer = signer.Signer };
        }

        var blob = new MetadataBlob(payload.Value);
        if (blob.FindStaleness(rules.MaximumStaleness, rules.At) is { } stale)
        {
            return Refuse(stale, isOpen: true) with { Signer = signer.Signer };
        }

        // Step 7: what is reported otherwise; what follows from it is the caller's policy.
        return signer with
        {
            Outcome = VerificationOutcome.Accepted,
            Blob = blob,
            Changes = rules.Current is { } before ? StatusComparison.Compare(before.Entries, blob.Entries) : [],
        };
    }

    /// <summary>The certificates that a BLOB carries for its signer, for whoever gathers evidence about them. Nothing about them is verified.</summary>
    /// <param name="jws">The compact JWS.</param>
    /// <param name="rules">As for <see cref="Verify"/>.</param>
    /// <returns>The certificates, the signer's first; or why there are none.</returns>
    public static MedIdResult<IReadOnlyList<Certificate>> ReadSignerCertificates(string jws, MetadataBlobRules rules)
    {
        ArgumentNullException.ThrowIfNull(jws);
        ArgumentNullException.ThrowIfNull(rules);
        var parsed = CompactJws.Parse(jws.Trim(), MaxLength);
        return parsed.Succeeded
            ? SignerCertificates.Find(parsed.Value.Header, rules)
            : new MedIdError(MetadataErrorCodes.BlobMalformed, ErrorCategory.Malformed, MetadataSections.Jws, parsed.Error.Code);
    }

    /// <summary>Whether the next BLOB should be there: the day of <see cref="NextUpdate"/> has come, in UTC.</summary>
    /// <param name="at">Now.</param>
    public bool IsStale(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) >= NextUpdate;

    /// <inheritdoc/>
    public MetadataEntry? FindByAaguid(Guid aaguid) => _index.Find(aaguid);

    /// <inheritdoc/>
    public MetadataEntry? FindByAaid(string aaid)
    {
        ArgumentNullException.ThrowIfNull(aaid);
        return _index.FindAaid(aaid);
    }

    /// <inheritdoc/>
    public MetadataEntry? FindByKeyIdentifier(string keyIdentifier)
    {
        ArgumentNullException.ThrowIfNull(keyIdentifier);
        return _index.FindKey(keyIdentifier);
    }

    internal MedIdError? FindStaleness(TimeSpan? maximum, DateTimeOffset at) => maximum is { } most && at > new DateTimeOffset(NextUpdate, TimeOnly.MinValue, TimeSpan.Zero) + most
        ? new(MetadataErrorCodes.Stale, ErrorCategory.State, MetadataSections.Processing, "past nextUpdate by more than is allowed")
        : null;

    internal static MetadataBlobDecision Refuse(MedIdError error, bool isOpen = false) =>
        new() { Outcome = isOpen ? VerificationOutcome.Undetermined : VerificationOutcome.Refused, Error = error };

    // The same number again is the same BLOB, also when it was signed anew.
    private static bool IsRollback(BlobPayload payload, MetadataBlob current) =>
        payload.Number < current.Number || (payload.Number == current.Number && !string.Equals(payload.Sha256, current.PayloadSha256, StringComparison.Ordinal));

    private static MedIdError? VerifySignature(CompactJws jws, Certificate signer, MetadataBlobRules rules)
    {
        var key = signer.ReadPublicKey();
        var verified = key.Succeeded ? jws.Verify(key.Value, rules.Algorithms.For(SignatureUse.FidoMetadata, rules.At)) : key.Error;
        return verified switch
        {
            { Succeeded: true } => null,
            { Error.Code: CryptographyErrorCodes.JoseSignatureInvalid } => new(MetadataErrorCodes.SignatureInvalid, ErrorCategory.Untrusted, MetadataSections.Processing),
            _ => new(MetadataErrorCodes.AlgorithmRefused, ErrorCategory.Policy, MetadataSections.Processing, verified.Error.Code),
        };
    }

    private static MetadataBlobDecision Refuse(string code, ErrorCategory category, string section, string detail) => Refuse(new MedIdError(code, category, section, detail));
}
