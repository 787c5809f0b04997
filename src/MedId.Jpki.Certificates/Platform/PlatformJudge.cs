using System.Buffers;
using MedId.Core;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Judges what a platform operator answered: it is believed about the person, and only if it speaks of what was asked.</summary>
internal sealed class PlatformJudge(PlatformOperatorOptions options)
{
    private static readonly (string Name, CrlReason Reason)[] Reasons =
    [
        ("UNSPECIFIED", CrlReason.Unspecified),
        ("KEY_COMPROMISE", CrlReason.KeyCompromise),
        ("CA_COMPROMISE", CrlReason.CaCompromise),
        ("AFFILIATION_CHANGED", CrlReason.AffiliationChanged),
        ("SUPERSEDED", CrlReason.Superseded),
        ("CESSATION_OF_OPERATION", CrlReason.CessationOfOperation),
        ("CERTIFICATE_HOLD", CrlReason.CertificateHold),
    ];

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private readonly PlatformDialect _dialect = options.Dialect;

    public JpkiDecision Verification(JpkiIdentityRequest request, PlatformAnswer answer, DateTimeOffset at)
    {
        var verification = answer.Object("verification");
        var status = answer.Object("certificateStatus");
        var revocation = Revocation(status);

        // 1. The answer is about this signature.
        if (verification.Text("id") is not { } id || verification.Text("result") is not { } result)
        {
            return Decide(JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined, revocation);
        }

        var hash = request.EffectiveHash;
        if (!verification.IsBytes("digest", hash.Compute(request.Message.Span)) || !verification.IsBytes("signature", request.Signature.Span)
            || verification.Text("hashAlgorithm") != _dialect.Hashes[hash.Hash.Name!])
        {
            return Decide(JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined, revocation);
        }

        // 2. Its result.
        if (result != _dialect.ResultOk)
        {
            return _dialect.Refusals.TryGetValue(result, out var code)
                ? Decide(code, VerificationOutcome.Refused, revocation)
                : Decide(JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined, revocation);
        }

        // 3. The kind of certificate: known here, and the one that was asked for.
        var certificate = answer.Object("certificate");
        if (certificate.Text("type") is not { } type || !_dialect.CertificateTypes.TryGetValue(type, out var known))
        {
            return Decide(JpkiErrorCodes.ProfileNotVerified, VerificationOutcome.Refused, revocation);
        }

        if (known.Kind != request.Use)
        {
            return Decide(JpkiErrorCodes.UseMismatch, VerificationOutcome.Refused, revocation);
        }

        // 4. Revocation: good, by the method and for the purpose that were asked for, and fresh.
        if (Freshness(status, _dialect.SignaturePurpose, at) is { } stale)
        {
            return Decide(stale, VerificationOutcome.Undetermined, revocation);
        }

        if (revocation.Status != RevocationStatus.Good)
        {
            return Decide(JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined, revocation);
        }

        // 5. Identification, where it was asked for.
        var user = answer.Object("user").Text("id");
        if (request.Identify && user is null)
        {
            return Decide(JpkiErrorCodes.LinkUnavailable, VerificationOutcome.Undetermined, revocation);
        }

        // 6. The attributes of a signing certificate.
        BasicFourAttributes? basicFour = null;
        if (known.Kind == JpkiCertificateKind.Sign)
        {
            var attributes = Attributes(answer.Object("certificateContent"));
            if (!attributes.Succeeded)
            {
                return Decide(attributes.Error.Code, VerificationOutcome.Undetermined, revocation);
            }

            basicFour = attributes.Value;
        }

        var receipt = new PlatformReceipt(options.Operator, id, certificate.Text("id"), user, answer.Flag("isNewUser"));
        return new()
        {
            Outcome = VerificationOutcome.Accepted,
            Standing = options.Standing,
            Revocation = revocation,
            Evidence = new(options.Standing, known.Kind, known.Carrier, revocation, basicFour, receipt, $"standings {options.Standings.Edition}", at, JpkiCheckPurpose.Signature),
        };
    }

    public JpkiLiveness Liveness(PlatformReceipt receipt, PlatformAnswer answer, DateTimeOffset at)
    {
        var status = answer.Object("certificateStatus");
        var revocation = Revocation(status);
        var (outcome, code) = answer.Object("certificate").Text("id") != receipt.CertificateId ? (VerificationOutcome.Undetermined, JpkiErrorCodes.PlatformMismatch)
            : revocation.Status == RevocationStatus.Revoked ? (VerificationOutcome.Refused, JpkiErrorCodes.CertificateRevoked)
            : Freshness(status, _dialect.LivenessPurpose, at) is { } stale ? (VerificationOutcome.Undetermined, stale)
            : revocation.Status == RevocationStatus.Good ? (VerificationOutcome.Accepted, null)
            : (VerificationOutcome.Undetermined, (string?)JpkiErrorCodes.PlatformMalformed);
        return Liveness(code is null ? null : Error(code), outcome, revocation, at);
    }

    public JpkiLiveness Liveness(MedIdError? error, VerificationOutcome outcome, JpkiRevocation revocation, DateTimeOffset at) =>
        new() { Outcome = outcome, Error = error, Standing = options.Standing, Revocation = revocation, At = at };

    /// <summary>What an answer of the 4xx kind says.</summary>
    public (MedIdError Error, VerificationOutcome Outcome) Problem(string body)
    {
        var start = body.IndexOf(_dialect.ErrorPrefix, StringComparison.Ordinal);
        var length = start < 0 ? 0 : body.AsSpan(start).IndexOfAnyExcept(NameLetters);
        var name = start < 0 ? string.Empty : body.Substring(start, length < 0 ? body.Length - start : length);
        return name == _dialect.UnsupportedCertificateError ? (Error(JpkiErrorCodes.PlatformUnsupportedCertificate), VerificationOutcome.Refused)
            : name.StartsWith(_dialect.LinkErrorPrefix, StringComparison.Ordinal) ? (Error(JpkiErrorCodes.LinkUnavailable), VerificationOutcome.Undetermined)
            : (Error(JpkiErrorCodes.PlatformRefused), VerificationOutcome.Undetermined);
    }

    private JpkiRevocation Revocation(PlatformAnswer status)
    {
        var name = status.Text("status");
        var asOf = status.Time("sourceUpdatedAt");
        return name == _dialect.GoodStatus ? new() { Status = RevocationStatus.Good, AsOf = asOf }
            : name == _dialect.RevokedStatus ? new() { Status = RevocationStatus.Revoked, Reason = Reason(status.Text("revocationReason")), RevokedAt = status.Time("revokedAt"), AsOf = asOf }
            : new() { Status = RevocationStatus.Unknown, AsOf = asOf };
    }

    private string? Freshness(PlatformAnswer status, string purpose, DateTimeOffset at)
    {
        var method = options.CheckMethod == PlatformCheckMethod.Ocsp ? _dialect.OcspMethod : _dialect.CrlMethod;
        return status.Text("checkPurpose") != purpose || status.Text("checkMethod") != method ? JpkiErrorCodes.PlatformMismatch
            : status.Time("sourceUpdatedAt") is not { } updated || updated > at + options.ClockSkew || at - updated > options.MaxAge ? JpkiErrorCodes.PlatformStale
            : null;
    }

    private MedIdResult<BasicFourAttributes> Attributes(PlatformAnswer content)
    {
        var fields = _dialect.AttributeMembers.Select(content.Object).FirstOrDefault(o => o.IsPresent);
        return BasicFourAttributes.Of(
            new()
            {
                Name = fields.Text("commonName"),
                NameFlags = fields.Text("substituteCharacterOfCommonName"),
                Gender = fields.Text("gender"),
                BirthDate = fields.Text("dateOfBirth"),
                Address = fields.Text("address"),
                AddressFlags = fields.Text("substituteCharacterOfAddress"),
            },
            JpkiSections.Platform);
    }

    private CrlReason? Reason(string? name) => name is not null && name.StartsWith(_dialect.ReasonPrefix, StringComparison.Ordinal)
        && Array.FindIndex(Reasons, r => name.AsSpan(_dialect.ReasonPrefix.Length).SequenceEqual(r.Name)) is >= 0 and var index ? Reasons[index].Reason : null;

    private JpkiDecision Decide(string code, VerificationOutcome outcome, JpkiRevocation revocation) =>
        new() { Outcome = outcome, Error = Error(code), Standing = options.Standing, Revocation = revocation };

    private static MedIdError Error(string code) => new(code, ErrorCategory.State, JpkiSections.Platform);
}
