using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MedId.Fido2;

/// <summary>
/// The limited verification algorithm of WebAuthn L3 §5.8.1.2: compares the bytes with what a conforming client writes, without reading JSON and without allocating.
/// It says yes only to client data that end with the members known here; all others, good or bad, are left to <see cref="CollectedClientData"/>, so the two never disagree.
/// </summary>
internal static class PlainClientData
{
    private const int LongestChallenge = 192;

    /// <summary>What §5.8.1.1 CCDToString writes unchanged, as far as it is ASCII; an origin with anything else is left to the reader of JSON.</summary>
    private static readonly SearchValues<char> Unchanged = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Whether the client data hold what is expected; false says nothing.</summary>
    public static bool Holds(ReadOnlySpan<byte> clientData, bool isRegistration, CeremonyExpectations expected, out bool hasTopOrigin)
    {
        hasTopOrigin = false;
        var rest = clientData;
        if (expected.Challenge.Length > LongestChallenge
            || !Take(ref rest, isRegistration ? "{\"type\":\"webauthn.create\",\"challenge\":\""u8 : "{\"type\":\"webauthn.get\",\"challenge\":\""u8))
        {
            return false;
        }

        Span<byte> challenge = stackalloc byte[Base64Url.GetEncodedLength(LongestChallenge)];
        var length = Base64Url.EncodeToUtf8(expected.Challenge.Span, challenge);
        if (!Take(ref rest, challenge[..length]) || !Take(ref rest, "\",\"origin\":\""u8) || !TakeOneOf(ref rest, expected.Origins) || !Take(ref rest, "\",\"crossOrigin\":"u8))
        {
            return false;
        }

        if (rest.SequenceEqual("false}"u8))
        {
            return true;
        }

        if (!expected.AllowCrossOrigin || !Take(ref rest, "true"u8))
        {
            return false;
        }

        hasTopOrigin = Take(ref rest, ",\"topOrigin\":\""u8);
        return hasTopOrigin ? TakeOneOf(ref rest, expected.TopOrigins) && rest.SequenceEqual("\"}"u8) : rest.SequenceEqual("}"u8);
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    /// <summary>Takes an origin up to the quotation mark after it.</summary>
    private static bool TakeOneOf(ref ReadOnlySpan<byte> rest, IReadOnlyCollection<string> origins)
    {
        var end = rest.IndexOf((byte)'"');
        if (end < 0)
        {
            return false;
        }

        var origin = rest[..end];
        rest = rest[end..];
        if (origins is IReadOnlyList<string> list)
        {
            // By number, because an enumerator is allocated.
            for (var index = 0; index < list.Count; index++)
            {
                if (Is(origin, list[index]))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (var candidate in origins)
        {
            if (Is(origin, candidate))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<byte> origin, string candidate) =>
        origin.Length == candidate.Length && !candidate.AsSpan().ContainsAnyExcept(Unchanged) && Ascii.Equals(origin, candidate);
}
