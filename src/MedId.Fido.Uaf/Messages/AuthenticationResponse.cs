using System.Text;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary><c>AuthenticationResponse</c>, well formed and not yet verified. UAF 1.1 protocol §3.5.</summary>
/// <remarks>
/// Read it first, find what was sent by <see cref="OperationHeader.ServerData"/> or by the challenge, fetch the registrations of <see cref="GetKeys"/>,
/// then verify with <see cref="UafAuthenticationVerifier"/>.
/// </remarks>
public sealed record AuthenticationResponse
{
    /// <summary><c>header</c>.</summary>
    public required OperationHeader Header { get; init; }

    /// <summary><c>fcParams</c>.</summary>
    public required FinalChallengeParams FinalChallenge { get; init; }

    /// <summary><c>assertions</c>: 1 to 8.</summary>
    public required IReadOnlyList<UafAssertion> Assertions { get; init; }

    /// <summary>Leniencies that reading needed; only such as the caller tolerated.</summary>
    public UafLeniencies LenienciesUsed { get; init; }

    /// <summary>Leniencies that the reader of this message tolerates; the verification has its own word.</summary>
    internal UafLeniencies Tolerated { get; init; }

    /// <summary>Reads a response message.</summary>
    /// <param name="json">The JSON array as the client sent it (member <c>uafResponse</c> of the transport).</param>
    /// <param name="dangerouslyTolerate">Departures from the standard that are taken all the same. Default: none.</param>
    /// <returns>The entry of the newest version that this library speaks, or the refusal.</returns>
    public static MedIdResult<AuthenticationResponse> Parse(string json, UafLeniencies dangerouslyTolerate = UafLeniencies.None)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > UafLimits.MessageBytes ? UafMessages.TooLong(UafSections.Authentication) : Parse(Encoding.UTF8.GetBytes(json), dangerouslyTolerate);
    }

    /// <summary>Reads a response message.</summary>
    /// <param name="utf8">The JSON array in UTF-8 without a byte order mark.</param>
    /// <param name="dangerouslyTolerate">Departures from the standard that are taken all the same. Default: none.</param>
    /// <returns>The entry of the newest version that this library speaks, or the refusal.</returns>
    public static MedIdResult<AuthenticationResponse> Parse(ReadOnlyMemory<byte> utf8, UafLeniencies dangerouslyTolerate = UafLeniencies.None)
    {
        var tolerance = Tolerance.Of(dangerouslyTolerate);
        return UafMessages.ReadResponse(utf8, UafOperation.Authentication, UafSections.Authentication, tolerance, (header, challenge, assertions) => new AuthenticationResponse
        {
            Header = header,
            FinalChallenge = challenge,
            Assertions = assertions,
            LenienciesUsed = tolerance.Used,
            Tolerated = dangerouslyTolerate,
        });
    }

    /// <summary>The keys that the assertions say they used; assertions that cannot be read are left out. Nothing here is proved.</summary>
    public IReadOnlyList<UafKeyReference> GetKeys()
    {
        var keys = new List<UafKeyReference>(Assertions.Count);
        foreach (var assertion in Assertions)
        {
            if (SignAssertion.Read(assertion.Content.Span, out var read, Tolerance.Of(Tolerated)) is null)
            {
                keys.Add(new(read.Aaid, UafKeyId.FromTolerated(read.KeyId)));
            }
        }

        return keys;
    }
}
