using System.Buffers.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>The checks of client data that both ceremonies make: §7.1 steps 5 to 11, §7.2 steps 8 to 14, in the same order.</summary>
internal static class ClientDataChecks
{
    public static MedIdError? Verify(ReadOnlyMemory<byte> clientData, bool isRegistration, CeremonyExpectations expected, ref StepTrace trace)
    {
        // What a conforming client writes for exactly these expectations needs no reader of JSON.
        var first = isRegistration ? 5 : 8;
        if (PlainClientData.Holds(clientData.Span, isRegistration, expected, out var hasTopOrigin))
        {
            trace.Pass(first, hasTopOrigin ? 7 : 6);
            return null;
        }

        // 5 and 6 (8 and 9): UTF-8 without byte order mark, JSON.
        var read = CollectedClientData.Parse(clientData);
        if (!read.Succeeded)
        {
            return trace.Fail(first + 1, read.Error);
        }

        var data = read.Value;
        trace.Pass(first, 2);

        // 7 (10).
        var type = isRegistration ? CollectedClientData.CreateCredentialType : CollectedClientData.GetAssertionType;
        return trace.Judge(first + 2, string.Equals(data.Type, type, StringComparison.Ordinal), Fido2ErrorCodes.ClientDataType, ErrorCategory.Protocol)

            // 8 (11): the text, which is not decoded: one challenge has one text.
            ?? trace.Judge(
                first + 3,
                SecretDigest.FixedTimeEquals(data.Challenge, Base64Url.EncodeToString(expected.Challenge.Span)),
                Fido2ErrorCodes.ChallengeMismatch,
                ErrorCategory.Untrusted)

            // 9 (12): compared exactly (§13.4.9).
            ?? trace.Judge(first + 4, IsOneOf(expected.Origins, data.Origin), Fido2ErrorCodes.OriginUnexpected, ErrorCategory.Untrusted)

            // 10 (13).
            ?? trace.Judge(first + 5, data.CrossOrigin != true || expected.AllowCrossOrigin, Fido2ErrorCodes.CrossOriginUnexpected, ErrorCategory.Policy)

            // 11 (14): only a frame of another origin has a page around it (§5.8.1), and that page has to be known.
            ?? (data.TopOrigin is null
                ? null
                : trace.Judge(
                    first + 6,
                    data.CrossOrigin == true && expected.AllowCrossOrigin && IsOneOf(expected.TopOrigins, data.TopOrigin),
                    Fido2ErrorCodes.TopOriginUnexpected,
                    ErrorCategory.Policy));
    }

    private static bool IsOneOf(IReadOnlyCollection<string> origins, string origin) => origins.Contains(origin, StringComparer.Ordinal);
}
