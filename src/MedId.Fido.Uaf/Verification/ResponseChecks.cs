using System.Buffers;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Checks 2 to 8, which registrations and authentications share. UAF 1.1 protocol §3.4.6.5 and §3.5.7.5.</summary>
internal static class ResponseChecks
{
    public static MedIdError? Verify(UafExpectations expected, OperationHeader header, FinalChallengeParams final, StepTrace trace) =>
        trace.Judge(2, "version and operation", expected.Versions.Contains(header.Version), UafErrorCodes.VersionUnsupported, ErrorCategory.Protocol)

        // Our state that the client carried comes back as it was. Whether it is authentic and fresh was decided when the caller found the request by it.
        ?? trace.Judge(3, "server data", string.Equals(expected.ServerData, header.ServerData, StringComparison.Ordinal), UafErrorCodes.ServerDataMismatch, ErrorCategory.State)
        ?? trace.Judge(4, "final challenge parameters", AssertionExtensions.Judge(header.Extensions, expected.KnownExtensions, trace.Section))
        ?? trace.Judge(5, "appID", IsOurs(expected, header, final), UafErrorCodes.AppIdMismatch, ErrorCategory.Protocol)
        ?? trace.Judge(6, "facet", expected.TrustedFacets.IsTrusted(header.Version, final.FacetId), UafErrorCodes.FacetUntrusted, ErrorCategory.Untrusted)
        ?? trace.Judge(7, "channel binding", expected.ChannelBinding.Judge(final.ChannelBinding, trace), expected.ChannelBinding.IsKnown)
        ?? trace.Judge(8, "challenge", Challenge(expected, final, trace));

    /// <summary>The hash that the authenticator has to have signed: over the text of fcParams as received.</summary>
    public static int HashFinalChallenge(FinalChallengeParams final, SignatureAlgorithm algorithm, Span<byte> hash)
    {
        var rented = ArrayPool<byte>.Shared.Rent(final.Encoded.Length);
        var length = final.GetSignedBytes(rented);
        var written = UafHash.HashData(algorithm, rented.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(rented);
        return written;
    }

    private static bool IsOurs(UafExpectations expected, OperationHeader header, FinalChallengeParams final)
    {
        var appId = expected.AppId.Length == 0 ? final.FacetId : expected.AppId;
        return string.Equals(final.AppId, appId, StringComparison.Ordinal)
            && (string.Equals(header.AppId, appId, StringComparison.Ordinal) || (expected.AppId.Length == 0 && header.AppId.Length == 0));
    }

    private static MedIdError? Challenge(UafExpectations expected, FinalChallengeParams final, StepTrace trace) =>
        !string.Equals(final.Challenge, expected.Challenge, StringComparison.Ordinal) ? trace.Refuse(UafErrorCodes.ChallengeMismatch, ErrorCategory.State)
        : expected.ChallengeState switch
        {
            UafChallengeState.Used => trace.Refuse(UafErrorCodes.ChallengeUsed, ErrorCategory.State),
            UafChallengeState.Foreign => trace.Refuse(UafErrorCodes.ChallengeForeign, ErrorCategory.State),
            UafChallengeState.Expired => trace.Refuse(UafErrorCodes.ChallengeExpired, ErrorCategory.State),
            _ => trace.Require(expected.Now < expected.ChallengeExpiresAt, UafErrorCodes.ChallengeExpired, ErrorCategory.State),
        };
}
