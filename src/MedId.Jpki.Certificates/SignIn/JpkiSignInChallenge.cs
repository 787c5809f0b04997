using MedId.Core;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>The challenges of JPKI sign-in: those of <see cref="SignInChallenge"/> with a label of their own.</summary>
public static class JpkiSignInChallenge
{
    /// <summary>The first line of what is signed: no signature over anything else means a sign-in, nor does that of another card.</summary>
    public const string Label = "medid-jpki-sign-in-1";

    /// <summary>A new challenge.</summary>
    /// <param name="audience">For whom: printable ASCII without spaces, e.g. the issuer URL of the OP.</param>
    /// <param name="now">The time; whole seconds count.</param>
    /// <param name="lifetime">How long it is good, 10 seconds to 10 minutes; five minutes when null.</param>
    public static SignInChallenge Create(string audience, DateTimeOffset now, TimeSpan? lifetime = null) => SignInChallenge.Create(Label, audience, now, lifetime);

    /// <summary>A challenge as it was stored.</summary>
    /// <param name="audience">For whom.</param>
    /// <param name="random">Its 32 random bytes.</param>
    /// <param name="issuedAt">When it was issued.</param>
    /// <param name="lifetime">How long it is good; five minutes when null.</param>
    public static MedIdResult<SignInChallenge> Restore(string audience, ReadOnlySpan<byte> random, DateTimeOffset issuedAt, TimeSpan? lifetime = null) =>
        SignInChallenge.Restore(Label, audience, random, issuedAt, lifetime);
}
