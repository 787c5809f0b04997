using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Hpki;

/// <summary>How a sign-in ended.</summary>
public sealed class HpkiSignInDecision
{
    internal HpkiSignInDecision()
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

    /// <summary>The evidence; null unless accepted.</summary>
    public HpkiSignIn? SignIn { get; init; }

    /// <summary>The decision about the certificate.</summary>
    public required HpkiDecision Certificate { get; init; }
}
