using System.Buffers.Binary;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>A raw authentication response message, taken apart: user presence, counter, signature. FIDO U2F Raw Message Formats 1.2 §5.4.</summary>
public sealed record U2fSignResponse
{
    private const int Head = 5;

    private U2fSignResponse()
    {
    }

    /// <summary>Whether somebody was present: bit 0.</summary>
    public required bool UserPresent { get; init; }

    /// <summary>The counter of the token.</summary>
    public required uint Counter { get; init; }

    /// <summary>The signature of the user's key.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>User presence and counter as they are signed.</summary>
    internal ReadOnlyMemory<byte> SignedHead { get; init; }

    /// <summary>Takes a message apart.</summary>
    /// <param name="message">The bytes; the result refers to them.</param>
    /// <returns>The parts, or <c>u2f.sign_response_malformed</c>.</returns>
    public static MedIdResult<U2fSignResponse> Parse(ReadOnlyMemory<byte> message)
    {
        if (message.Length < Head || !U2fMessageReader.IsOneSignature(message.Span[Head..]))
        {
            return new MedIdError(U2fErrorCodes.SignResponseMalformed, ErrorCategory.Malformed, U2fSections.Authentication, "not five bytes and one signature");
        }

        return new U2fSignResponse
        {
            UserPresent = (message.Span[0] & 1) != 0,
            Counter = BinaryPrimitives.ReadUInt32BigEndian(message.Span[1..Head]),
            Signature = message[Head..],
            SignedHead = message[..Head],
        };
    }

    /// <summary>Presence and counter.</summary>
    public override string ToString() => $"U2F signature, present {UserPresent}, counter {Counter}";
}
