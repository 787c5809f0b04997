using System.Buffers;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Checks 2 to 8, which registrations and authentications share. UAF 1.1 protocol §3.4.6.5 and §3.5.7.5.</summary>
internal static class ResponseChecks
{
    public static MedIdError? Verify(UafExpectations expected, OperationHeader header, FinalChallengeParams final, StepTrace trace) =>
        trace.Judge(2, "version and operation", expected.Versions.Contains(header.Version) ? null : trace.Refuse(UafErrorCodes.VersionUnsupported, ErrorCategory.Protocol))
        ?? trace.Judge(3, "server data", ServerData(expected, header, trace))
        ?? trace.Judge(4, "final challenge parameters", AssertionExtensions.Judge(header.Extensions, expected.KnownExtensions, trace.Section))
        ?? trace.Judge(5, "appID", AppId(expected, header, final, trace))
        ?? trace.Judge(6, "facet", expected.TrustedFacets.IsTrusted(header.Version, final.FacetId) ? null : trace.Refuse(UafErrorCodes.FacetUntrusted, ErrorCategory.Untrusted))
        ?? trace.Judge(7, "channel binding", expected.ChannelBinding.Judge(final.ChannelBinding, trace))
        ?? trace.Judge(8, "challenge", Challenge(expected, final, trace));

    /// <summary>The hash that the authenticator has to have signed: over the text of fcParams as received.</summary>
    public static int HashFinalChallenge(FinalChallengeParams final, SignatureAlgorithm algorithm, Span<byte> hash)
    {
        var rented = ArrayPool<byte>.Shared.Rent(final.Encoded.Length);
        var length = final.GetSignedBytes(rented);
        var written = CryptographicOperations.HashData(algorithm.Hash, rented.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(rented);
        return written;
    }

    // Our state that the client carried must come back as it was; whether it is authentic and fresh was decided when the caller found the request by it.
    private static MedIdError? ServerData(UafExpectations expected, OperationHeader header, StepTrace trace) =>
        string.Equals(expected.ServerData, header.ServerData, StringComparison.Ordinal) ? null : trace.Refuse(UafErrorCodes.ServerDataMismatch, ErrorCategory.State);

    private static MedIdError? AppId(UafExpectations expected, OperationHeader header, FinalChallengeParams final, StepTrace trace)
    {
        var appId = expected.AppId.Length == 0 ? final.FacetId : expected.AppId;
        var headerHolds = string.Equals(header.AppId, appId, StringComparison.Ordinal) || (expected.AppId.Length == 0 && header.AppId.Length == 0);
        return headerHolds && string.Equals(final.AppId, appId, StringComparison.Ordinal) ? null : trace.Refuse(UafErrorCodes.AppIdMismatch, ErrorCategory.Protocol);
    }

    private static MedIdError? Challenge(UafExpectations expected, FinalChallengeParams final, StepTrace trace) =>
        !string.Equals(final.Challenge, expected.Challenge, StringComparison.Ordinal) ? trace.Refuse(UafErrorCodes.ChallengeMismatch, ErrorCategory.State)
        : expected.Now >= expected.ChallengeExpiresAt ? trace.Refuse(UafErrorCodes.ChallengeExpired, ErrorCategory.State)
        : null;
}
