using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>How a sign-in ended.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiSignInDecision
{
    internal JpkiSignInDecision()
    {
    }

    /// <summary>Accepted only when everything required was proven.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the person is signed in, once the replay key is consumed.</summary>
    [MemberNotNullWhen(true, nameof(SignIn))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Under which standing it was asked.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>The evidence; null unless accepted.</summary>
    public JpkiSignIn? SignIn { get; init; }

    /// <summary>The decision about the certificate; null when it did not come to that.</summary>
    public JpkiDecision? Certificate { get; init; }

    /// <summary>The outcome and the code.</summary>
    public override string ToString() => Error is null ? $"{Outcome} {Standing}" : $"{Outcome} {Standing} {Error.Code}";
}
