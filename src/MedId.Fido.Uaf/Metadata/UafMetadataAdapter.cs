using System.Text.Json;
using MedId.Core;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Takes what UAF needs out of a metadata statement. FIDO metadata statement §4.</summary>
internal static class UafMetadataAdapter
{
    public static MedIdResult<UafMetadataStatement> Adapt(MetadataStatement statement)
    {
        if (statement.ProtocolFamily is not (null or "uaf"))
        {
            return Malformed("protocolFamily: must be uaf");
        }

        if (!Aaid.TryParse(statement.Aaid, out var aaid))
        {
            return Malformed("aaid: not an AAID");
        }

        // Absent would read as 0, and then no firmware would be too old.
        if (statement.AuthenticatorVersion > ushort.MaxValue
            || (statement.Members.ValueKind == JsonValueKind.Object && !statement.Members.TryGetProperty("authenticatorVersion", out _)))
        {
            return Malformed("authenticatorVersion: must be a 16-bit number");
        }

        // Values of a later edition, and those of other families, are no reason to refuse the statement: nothing is accepted by them.
        UafAttestationType[] attestations = [.. statement.AttestationTypes.Select(type => (UafAttestationType)type).Where(Enum.IsDefined)];
        UserVerificationMethods[] verification = [.. statement.UserVerification.Where(IsKnown).Select(Together)];
        if (statement.AuthenticationAlgorithms.Count == 0 || statement.PublicKeyFormats.Count == 0 || attestations.Length == 0 || verification.Length == 0)
        {
            return Malformed("names no algorithm, key format, attestation type or user verification that UAF has");
        }

        return new UafMetadataStatement
        {
            Aaid = aaid,
            Description = statement.Description,
            AuthenticatorVersion = (ushort)statement.AuthenticatorVersion,
            AssertionScheme = statement.AssertionScheme ?? MatchCriteria.Uafv1Tlv,
            AuthenticationAlgorithms = statement.AuthenticationAlgorithms,
            PublicKeyFormats = statement.PublicKeyFormats,
            AttestationTypes = attestations,
            AttestationRootCertificates = statement.AttestationRootCertificates,
            UserVerification = verification,
            KeyProtection = statement.KeyProtection,
            MatcherProtection = statement.MatcherProtection,
            AttachmentHint = statement.AttachmentHint,
            TransactionDisplay = statement.TransactionDisplay,
            TransactionContentType = statement.TransactionContentType,
            TransactionPictures = [.. statement.TransactionPictures.Select(Picture)],
            IsKeyRestricted = statement.IsKeyRestricted,
            IsFreshUserVerificationRequired = statement.IsFreshUserVerificationRequired,
            IsSecondFactorOnly = statement.IsSecondFactorOnly,
        };
    }

    public static MedIdError Malformed(string detail) => new(UafErrorCodes.MetadataMalformed, ErrorCategory.Malformed, UafSections.Metadata, detail);

    // An alternative with a method that nobody here knows could be weaker than it looks: it offers nothing.
    private static bool IsKnown(IReadOnlyList<VerificationMethod> alternative) => alternative.Count > 0 && alternative.All(method => method.UnknownName is null);

    private static UserVerificationMethods Together(IReadOnlyList<VerificationMethod> alternative)
    {
        var together = alternative.Aggregate(default(UserVerificationMethods), (all, method) => all | method.Method);
        return alternative.Count > 1 ? together | UserVerificationMethods.All : together;
    }

    private static PngCharacteristics Picture(MetadataPng picture) => new()
    {
        Width = picture.Width,
        Height = picture.Height,
        BitDepth = picture.BitDepth,
        ColorType = picture.ColorType,
        Compression = picture.Compression,
        Filter = picture.Filter,
        Interlace = picture.Interlace,
        Palette = [.. picture.Palette.Select(entry => new PngPaletteEntry(entry.Red, entry.Green, entry.Blue))],
    };
}
